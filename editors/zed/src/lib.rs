//! Corona for Zed: tells it how to start the language server.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Corona;

impl zed::Extension for Corona {
    fn new() -> Corona {
        Corona
    }

    /// The program of the settings (`lsp.corona.binary`), or `corona` from the worktree's `PATH`.
    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let binary = LspSettings::for_worktree(id.as_ref(), worktree).ok().and_then(|settings| settings.binary);
        let (path, args) = binary.map_or((None, None), |binary| (binary.path, binary.arguments));
        let command = path.or_else(|| worktree.which("corona"));
        Ok(Command {
            command: command.ok_or("there is no program corona in PATH; lsp.corona.binary.path can name it")?,
            args: args.unwrap_or_else(|| vec!["lsp".to_owned()]),
            env: worktree.shell_env(),
        })
    }
}

zed::register_extension!(Corona);
