-- Starts the language server for JavaScript and TypeScript, and colours the labelled block `atomic: { … }`.

local function config()
  local file = vim.api.nvim_get_runtime_file("lsp/corona.lua", false)[1]
  return dofile(file)
end

local group = vim.api.nvim_create_augroup("corona", {})

if vim.lsp.enable then
  vim.lsp.enable("corona")
else
  -- Before Neovim 0.11: one client for each root, found upwards from the file.
  local clients = {}
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = config().filetypes,
    callback = function(event)
      local settings = config()
      local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(event.buf), ":p:h")
      local root = folder
      for _, marker in ipairs(settings.root_markers) do
        local found = vim.fn.findfile(marker, folder .. ";")
        if found == "" then
          found = vim.fn.finddir(marker, folder .. ";")
        end
        if found ~= "" then
          root = vim.fn.fnamemodify(found, ":p:h")
          if marker == ".git" then
            root = vim.fn.fnamemodify(root, ":h")
          end
          break
        end
      end
      if not clients[root] or not vim.lsp.get_client_by_id(clients[root]) then
        clients[root] = vim.lsp.start_client({
          name = "corona",
          cmd = settings.cmd,
          root_dir = root,
          workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
        })
      end
      vim.lsp.buf_attach_client(event.buf, clients[root])
    end,
  })
end

vim.api.nvim_create_autocmd("Syntax", {
  group = group,
  pattern = { "javascript", "javascriptreact", "typescript", "typescriptreact" },
  callback = function()
    vim.cmd([[syntax match coronaAtomic /\(^\|[;{}]\)\s*\zsatomic\ze\s*:\s*\({\|$\)/ containedin=ALLBUT,.*Comment.*,.*String.*]])
    vim.cmd("highlight default link coronaAtomic Statement")
  end,
})
