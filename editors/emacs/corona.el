;;; corona.el --- Corona's language server in Eglot  -*- lexical-binding: t; -*-

;; Author: The Corona developers
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: languages, tools

;;; Commentary:

;; Has `eglot' start "corona lsp" for JavaScript and TypeScript, and highlights the labelled block "atomic: { … }".
;; Eglot talks to one server for each buffer: where TypeScript's own server is wanted too, use lsp-mode, which has
;; add-on servers, and see the README.

;;; Code:

(require 'eglot)

(defgroup corona nil
  "JavaScript and TypeScript on coroutines."
  :group 'languages)

(defcustom corona-program "corona"
  "The program corona: a name that is looked up in `exec-path', or a path."
  :type 'string)

(defconst corona-modes
  '(js-mode js-ts-mode js-jsx-mode js2-mode typescript-mode typescript-ts-mode tsx-ts-mode)
  "Major modes whose buffers Corona looks at.")

(defun corona--contact (&rest _)
  "What `eglot' is to start."
  (list corona-program "lsp"))

(add-to-list 'eglot-server-programs (cons corona-modes #'corona--contact))

(defconst corona--keywords
  '(("\\(?:^\\|[;{}]\\)[ \t]*\\(atomic\\)[ \t]*:[ \t]*\\(?:{\\|$\\)" 1 font-lock-keyword-face))
  "The labelled block, where a statement begins.")

(dolist (mode corona-modes)
  (font-lock-add-keywords mode corona--keywords))

(provide 'corona)
;;; corona.el ends here
