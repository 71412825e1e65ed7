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
vim.cmd("qall!")
