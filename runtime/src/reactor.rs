//! The loop's eyes and hands: one mio `Poll`, timers, the thread pool and the local executor. The only place that names mio.
