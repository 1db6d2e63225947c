-- Drives Neovim, as `editors/README.md` installs it, through what a person does in a file: see the finding, act on it,
-- look at the buffer. `nvim --headless -S neovim.lua main.ts`; exits with 0 when all is as it should be.

local WAIT_MS = 60000

local function check(what, condition, found)
  if not condition then
    error(what .. (found and ": found " .. vim.inspect(found) or ""), 0)
  end
  io.stdout:write("  " .. what .. "\n")
end

local function wait_for(what, condition)
  check(what, vim.wait(WAIT_MS, condition, 20))
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
end

local function go_to(word)
  vim.fn.cursor(1, 1)
  check("finds " .. word, vim.fn.search("\\V" .. word, "cW") > 0)
end

--- Answers the menu of the next code action with the entry that begins so.
local function choose(title)
  local chosen = false
  local titles = {}
  vim.ui.select = function(items, options, on_choice)
    for _, item in ipairs(items) do
      local shown = options.format_item and options.format_item(item) or tostring(item)
      table.insert(titles, shown)
      if vim.startswith(shown, title) then
        chosen = true
        return on_choice(item)
      end
    end
    on_choice(nil)
  end
  vim.lsp.buf.code_action()
  check("offers to " .. title, vim.wait(WAIT_MS, function() return chosen or #titles > 0 end, 20) and chosen, titles)
end

local function answer(method, extra)
  local params = vim.lsp.util.make_position_params(0, "utf-8")
  local answers = vim.lsp.buf_request_sync(0, method, vim.tbl_extend("force", params, extra or {}), WAIT_MS) or {}
  for _, it in pairs(answers) do
    return it.result
  end
end

local function drive()
  local main = vim.api.nvim_get_current_buf()
  wait_for("shows what is found", function() return #vim.diagnostic.get(main) > 0 end)
  local found = vim.diagnostic.get(main)
  table.sort(found, function(one, other) return one.lnum < other.lnum end)
  check("both of it", #found == 2, found)
  check("where it is", found[1].lnum == 8 and found[2].lnum == 14, found)
  check("by its name", found[1].code == "blocking-in-atomic", found[1].code)
  local hops = found[1].user_data.lsp.relatedInformation
  check("its hops lead to the other file", vim.endswith(hops[#hops].location.uri, "/store.ts"), hops)

  go_to("atomic:")
  local names = vim.tbl_map(function(id) return vim.fn.synIDattr(id, "name") end, vim.fn.synstack(vim.fn.line("."), vim.fn.col(".")))
  check("atomic is coloured", vim.tbl_contains(names, "coronaAtomic"), names)

  go_to("save(count)")
  local hover = answer("textDocument/hover").contents.value
  check("explains", vim.startswith(hover, "`save` **blocks**"), hover)
  if vim.lsp.inlay_hint then
    vim.lsp.inlay_hint.enable(true, { bufnr = main })
    wait_for("marks calls that may suspend", function() return #vim.lsp.inlay_hint.get({ bufnr = main }) > 0 end)
  end

  vim.lsp.buf.definition()
  wait_for("goes to the definition", function() return vim.endswith(vim.api.nvim_buf_get_name(0), "/store.ts") end)
  check("at its name", vim.fn.expand("<cword>") == "save", vim.fn.expand("<cword>"))
  local store = vim.api.nvim_get_current_buf()
  vim.lsp.buf.rename("persist")
  wait_for("renames here", function() return text(store):find("function persist", 1, true) end)
  wait_for("and in the other file", function() return text(main):find("persist(count)", 1, true) end)

  vim.api.nvim_set_current_buf(main)
  wait_for("finds it again under its new name", function()
    local leads = function(it) return vim.startswith(it.message, "`persist` leads to a call that may block") end
    return #vim.tbl_filter(leads, vim.diagnostic.get(main)) == 1
  end)
  go_to("persist(count)")
  choose("Suppress blocking-in-atomic here")
  wait_for("changes the buffer", function() return text(main):find("// corona-ignore blocking-in-atomic", 1, true) end)
  wait_for("has one finding less", function() return #vim.diagnostic.get(main) == 1 end)
  vim.cmd("silent undo")
  wait_for("has it again when that is undone", function() return #vim.diagnostic.get(main) == 2 end)
  go_to("sleep(1)")
  choose("Start sleep inside")
  wait_for("starts it inside", function() return text(main):find("started = sleep.future(1);", 1, true) end)
  check("waits after the section", text(main):find("  });\n  started?.get();", 1, true), text(main))
  wait_for("has one finding less with that", function() return #vim.diagnostic.get(main) == 1 end)
  vim.cmd("silent wall")
end

local version = vim.version()
io.stdout:write(("neovim %d.%d.%d\n"):format(version.major, version.minor, version.patch))
local good, problem = pcall(drive)
if not good then
  io.stdout:write("FAILED: " .. tostring(problem) .. "\n")
  io.stdout:write(vim.fn.execute("messages") .. "\n")
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
