;;; emacs.el --- Drives Emacs with Eglot  -*- lexical-binding: t; -*-

;; Drives Emacs, as `editors/README.md` installs it, through what a person does in a file: see the finding, act on it, look
;; at the buffer.  `emacs --batch -l emacs.el main.js`; exits with 0 when all is as it should be.

;;; Code:

(require 'corona)
(require 'cl-lib)
(require 'flymake)
(require 'eldoc)
(require 'xref)

(defconst wait-s 60)

(defun check (what condition &optional found)
  (unless condition
    (princ (format "FAILED: %s: found %S\n" what found))
    (kill-emacs 1))
  (princ (format "  %s\n" what)))

(defun wait-for (what condition)
  "Let processes and timers run until CONDITION holds."
  (let ((end (+ (float-time) wait-s)) found)
    (while (and (not (setq found (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (check what found (buffer-string))))

(defun go-to (word)
  (goto-char (point-min))
  (check (concat "finds " word) (search-forward word nil t))
  (goto-char (match-beginning 0)))

(defun findings ()
  "What Flymake shows in this buffer; nobody types in batch mode, so it is asked."
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (flymake-diagnostics))

(defun choose (title)
  "Choose the code action at point whose title begins with TITLE."
  (let (offered)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt menu &rest _)
                 (setq offered (mapcar (lambda (it) (if (consp it) (car it) it)) menu))
                 (cl-find-if (lambda (it) (string-prefix-p title it)) offered))))
      (condition-case problem
          (let ((last-nonmenu-event ?\r)) ; not by the mouse: no menu pops up
            (eglot-code-actions (point) nil nil t))
        (error (check (concat "offers to " title) nil (list problem offered)))))
    (check (concat "offers to " title) (cl-some (lambda (it) (string-prefix-p title it)) offered) offered)))

(defun drive ()
  (let ((eglot-confirm-server-initiated-edits nil)
        (eglot-sync-connect wait-s)
        (make-backup-files nil))
    (apply #'eglot (eglot--guess-contact))
    (check "is managed by the server" (eglot-managed-p))
    (wait-for "shows what is found" (lambda () (= (length (findings)) 2)))
    (let* ((found (sort (findings) (lambda (one other) (< (flymake-diagnostic-beg one) (flymake-diagnostic-beg other)))))
           (text (flymake-diagnostic-text (car found))))
      (check "where it is" (equal (mapcar (lambda (it) (line-number-at-pos (flymake-diagnostic-beg it))) found) '(9 15)))
      (check "by its name" (string-match-p "blocking-in-atomic" text) text))

    (font-lock-ensure)
    (go-to "atomic:")
    (check "colours atomic" (eq (get-text-property (point) 'face) 'font-lock-keyword-face)
           (get-text-property (point) 'face))

    (go-to "save(count)")
    (let (explained)
      (eglot-hover-eldoc-function (lambda (text &rest _) (setq explained text)))
      (wait-for "explains" (lambda () explained))
      (check "that it blocks" (string-match-p "\\`save blocks" explained) explained))

    (go-to "save(count)")
    (let ((place (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))))
      (check "knows the definition" (string-suffix-p "store.js" (xref-location-group (xref-item-location place))) place))

    (find-file-noselect "store.js") ; for files that nobody visits it would ask
    (go-to "save(count)")
    (eglot-rename "persist")
    (wait-for "renames here" (lambda () (string-match-p "persist(count)" (buffer-string))))
    (with-current-buffer (find-file-noselect "store.js")
      (wait-for "and in the other file" (lambda () (string-match-p "function persist" (buffer-string))))
      (save-buffer))

    (go-to "persist(count)")
    (choose "Suppress blocking-in-atomic here")
    (wait-for "changes the buffer" (lambda () (string-match-p "// corona-ignore blocking-in-atomic" (buffer-string))))
    (wait-for "has one finding less" (lambda () (= (length (findings)) 1)))
    (go-to "sleep(1)")
    (choose "Start sleep inside")
    (wait-for "starts it inside" (lambda () (string-match-p "started = sleep\\.future(1);" (buffer-string))))
    (check "waits after the section" (string-match-p "  });\n  started\\?\\.get();" (buffer-string)) (buffer-string))
    (wait-for "has no findings then" (lambda () (null (findings))))
    (save-buffer)
    (eglot-shutdown (eglot-current-server))))

(princ (format "emacs %s\n" emacs-version))
(find-file (pop command-line-args-left))
(condition-case problem
    (drive)
  (error
   (princ (format "FAILED: %S\n" problem))
   (kill-emacs 1)))
(kill-emacs 0)

;;; emacs.el ends here
