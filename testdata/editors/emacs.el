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
(set-buffer-modified-p nil)
(eglot-shutdown-all)
(kill-emacs 0)
