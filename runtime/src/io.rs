//! Sockets, pipes, processes and the rest of the operating system as futures over the reactor. No JavaScript here.
