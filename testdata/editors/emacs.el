;; Edits a script, and prints what is shown of it.

(setq eglot-send-changes-idle-time 0
      flymake-no-changes-timeout 0.1)

(defun raftt-shown ()
  (let ((messages (mapcar (lambda (it)
                            (replace-regexp-in-string
                             "\\`raftt \\[[a-z-]+\\]: \\|\n\\(.\\|\n\\)*" ""
                             (flymake-diagnostic-text it)))
                          (flymake-diagnostics))))
    (if messages (string-join messages " | ") "nothing")))

(defun raftt-expect (step broken)
  (let ((until (+ (float-time) 20)))
    (while (and (< (float-time) until)
                (eq broken (string= (raftt-shown) "nothing")))
      (flymake-start)
      (accept-process-output nil 0.05)))
  (princ (format "%s: %s\n" step (raftt-shown))))

(defun raftt-replace (old new)
  (goto-char (point-min))
  (search-forward old)
  (replace-match new)
  (eglot--signal-textDocument/didChange))

(find-file "env.raftt")
;; Nobody types here, so what waits for the next command is done now.
(apply #'eglot (eglot--guess-contact))
(raftt-expect "opened" t)
(raftt-replace "deploi" "deploy")
(raftt-expect "mended" nil)
(raftt-replace "deploy" "deploi")
(raftt-expect "broken again" t)

(defun raftt-ask (method line character)
  (goto-char (point-min))
  (forward-line line)
  (forward-char character)
  (jsonrpc-request (eglot--current-server-or-lose) method (eglot--TextDocumentPositionParams)))

(let ((hover (plist-get (plist-get (raftt-ask :textDocument/hover 0 15) :contents) :value)))
  (princ (format "hover: %s\n" (car (seq-filter (lambda (it) (string-match-p "(" it))
                                                (split-string hover "\n"))))))
(mapc (lambda (item)
        (when (string= (plist-get item :label) "deploy")
          (princ (format "completion: %s\n" (plist-get (plist-get item :textEdit) :newText)))))
      (plist-get (raftt-ask :textDocument/completion 1 6) :items))
(goto-char (point-min))
(eglot-rename "things")
(princ (format "renamed: %s\n" (string-join (split-string (buffer-string) "\n" t) " | ")))
(set-buffer-modified-p nil)
(eglot-shutdown-all)
(kill-emacs 0)
