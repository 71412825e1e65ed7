-- Edits the open script, and prints what is shown of it.

local function shown()
  local messages = {}
  for _, it in ipairs(vim.diagnostic.get(0)) do
    table.insert(messages, (it.message:gsub("\n.*", "")))
  end
  return #messages > 0 and table.concat(messages, " | ") or "nothing"
end

local function expect(step, condition)
  vim.wait(20000, condition, 10)
  -- Whatever is shown twice has had the time to be.
  vim.wait(200)
  io.stdout:write(step .. ": " .. shown() .. "\n")
end

local function is_broken()
  return shown() ~= "nothing"
end

local function is_right()
  return shown() == "nothing"
end

expect("opened", is_broken)
vim.api.nvim_buf_set_text(0, 1, 0, 1, 6, { "deploy" })
expect("mended", is_right)
vim.api.nvim_buf_set_text(0, 1, 0, 1, 6, { "deploi" })
expect("broken again", is_broken)

local function ask(method, line, character)
  local answers = vim.lsp.buf_request_sync(0, method, {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = line, character = character },
  }, 20000)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end

local hover = ask("textDocument/hover", 0, 15)
io.stdout:write("hover: " .. vim.split(hover.contents.value, "\n")[2] .. "\n")

local completion = ask("textDocument/completion", 1, 6)
for _, item in ipairs(completion.items) do
  if item.label == "deploy" then
    io.stdout:write("completion: " .. item.textEdit.newText .. "\n")
  end
end

vim.api.nvim_win_set_cursor(0, { 1, 2 })
vim.lsp.buf.rename("things")
vim.wait(20000, function()
  return vim.api.nvim_buf_get_lines(0, 1, 2, true)[1] == "deploi(things)"
end, 10)
io.stdout:write("renamed: " .. table.concat(vim.api.nvim_buf_get_lines(0, 0, 2, true), " | ") .. "\n")
vim.cmd("qall!")
