-- The language server as Neovim 0.11 and later read it: `vim.lsp.enable("corona")`.
return {
  cmd = { "corona", "lsp" },
  filetypes = { "javascript", "javascriptreact", "typescript", "typescriptreact" },
  root_markers = { "corona.json", "package.json", "tsconfig.json", ".git" },
}
