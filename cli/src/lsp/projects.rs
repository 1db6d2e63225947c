//! The programs of a session: one for each folder of the workspace, and one for files that lie in none.

use super::queue::Open;
use corona_compiler::{Config, Diagnostic, FoundSymbol, Ide, OsFiles, Seen};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) struct Projects {
    folders: Vec<Project>,
    loose: Project,
    open: HashMap<PathBuf, Open>,
}

struct Project {
    root: PathBuf,
    ide: Ide,
    config: Option<PathBuf>,
    /// What is wrong with the configuration.
    complaints: Vec<Diagnostic>,
}

impl Project {
    fn new(root: PathBuf, roots: Vec<PathBuf>, open: &HashMap<PathBuf, Open>) -> Project {
        let config = Config::find(&OsFiles, &root);
        let read = config.as_deref().map_or_else(|| Ok(Config::default()), |path| Config::read(&OsFiles, path));
        let (settings, complaints) = match read {
            Ok(settings) => (settings, Vec::new()),
            Err(complaints) => (Config::default(), complaints),
        };
        let mut ide = Ide::new(Arc::new(OsFiles), settings, roots);
        for (path, open) in open {
            ide.overlay(path, Some(open.text.clone().into_bytes()));
        }
        Project { root, ide, config, complaints }
    }

    fn folder(root: PathBuf, open: &HashMap<PathBuf, Open>) -> Project {
        Project::new(root.clone(), vec![root], open)
    }

    fn is_open(&self, open: &HashMap<PathBuf, Open>) -> bool {
        open.keys().any(|path| path.starts_with(&self.root))
    }

    fn refresh(&mut self) -> BTreeSet<PathBuf> {
        let is_dirty = self.ide.is_dirty();
        let mut changed = self.ide.refresh();
        if is_dirty && !self.complaints.is_empty() {
            changed.extend(self.config.clone());
        }
        changed
    }

    fn is_config(&self, path: &Path) -> bool {
        self.config.as_deref() == Some(path)
            || path.file_name().is_some_and(|name| name == "corona.json")
                && path.parent().is_some_and(|folder| self.root.starts_with(folder))
    }
}

impl Projects {
    pub(super) fn new(folders: &[PathBuf]) -> Projects {
        let open = HashMap::new();
        let folders = folders.iter().map(|root| Project::folder(root.clone(), &open)).collect();
        Projects { folders, loose: Project::new(PathBuf::from("/"), Vec::new(), &open), open }
    }

    pub(super) fn open(&self, path: &Path) -> Option<&Open> {
        self.open.get(path)
    }

    pub(super) fn add_folder(&mut self, root: PathBuf) {
        if !self.folders.iter().any(|it| it.root == root) {
            self.folders.push(Project::folder(root, &self.open));
            self.gather_loose();
        }
    }

    /// What the editor shows of the folder's files is cleared with the next refresh.
    pub(super) fn remove_folder(&mut self, root: &Path) -> Vec<PathBuf> {
        let Some(index) = self.folders.iter().position(|it| it.root == root) else { return Vec::new() };
        let gone = self.folders.remove(index);
        self.gather_loose();
        gone.ide.complained_about().map(Path::to_path_buf).chain(gone.config).collect()
    }

    /// The text in the editor, which all programs see; `None` once it is closed.
    pub(super) fn text(&mut self, path: PathBuf, open: Option<Open>) {
        for project in self.all_mut() {
            project.ide.overlay(&path, open.as_ref().map(|open| open.text.clone().into_bytes()));
        }
        let was_open = self.open.contains_key(&path);
        let is_open = open.is_some();
        match open {
            Some(open) => drop(self.open.insert(path, open)),
            None => drop(self.open.remove(&path)),
        }
        if was_open != is_open {
            self.gather_loose();
        }
    }

    /// Files on the disk may be others. The files whose diagnostics are to be looked at again because of that.
    pub(super) fn changed(&mut self, path: &Path) -> Vec<PathBuf> {
        let mut configs = Vec::new();
        let open = &self.open;
        for project in &mut self.folders {
            if project.is_config(path) {
                let before: Vec<PathBuf> = project.ide.complained_about().map(Path::to_path_buf).collect();
                *project = Project::folder(project.root.clone(), open);
                configs.extend(before);
                configs.push(path.to_owned());
            } else {
                project.ide.changed(path);
            }
        }
        self.loose.ide.changed(path);
        configs
    }

    /// Whether there are programs of which not everything was looked at yet.
    pub(super) fn is_new(&self) -> bool {
        self.folders.iter().any(|project| project.ide.seen() != Seen::All)
    }

    /// Whether something is open of a program that nobody has looked at.
    pub(super) fn is_open_unseen(&self) -> bool {
        let is_unseen = |project: &&Project| project.ide.seen() == Seen::Nothing;
        self.folders.iter().filter(is_unseen).any(|project| project.is_open(&self.open))
    }

    pub(super) fn is_dirty(&self) -> bool {
        self.all().any(|project| project.ide.is_dirty())
    }

    /// Looks at what changed; the files whose diagnostics may be others.
    pub(super) fn refresh(&mut self) -> BTreeSet<PathBuf> {
        self.all_mut().flat_map(Project::refresh).collect()
    }

    /// Looks at what changed in the programs of a file and of all that are open; of those that are new and large just at
    /// what is open.
    pub(super) fn refresh_open(&mut self, asked: Option<&Path>) -> BTreeSet<PathBuf> {
        let open = &self.open;
        let mut changed = BTreeSet::new();
        for project in self.folders.iter_mut().chain([&mut self.loose]) {
            if project.is_open(open) || asked.is_some_and(|path| path.starts_with(&project.root)) {
                let glanced = project.ide.glance(&|path| open.contains_key(path));
                changed.extend(glanced.unwrap_or_else(|| project.refresh()));
            }
        }
        changed
    }

    /// Everything there is to say about a file.
    pub(super) fn diagnostics(&self, path: &Path) -> Vec<&Diagnostic> {
        let mut found: Vec<&Diagnostic> = match self.owner(path) {
            Some(project) => project.ide.diagnostics(path).iter().collect(),
            None => self.all().flat_map(|project| project.ide.diagnostics(path)).collect(),
        };
        let of_config = self.folders.iter().filter(|it| it.config.as_deref() == Some(path));
        found.extend(of_config.flat_map(|project| &project.complaints));
        let mut distinct: Vec<&Diagnostic> = Vec::with_capacity(found.len());
        for diagnostic in found {
            if !distinct.contains(&diagnostic) {
                distinct.push(diagnostic);
            }
        }
        distinct
    }

    /// Every file about which there is something to say.
    pub(super) fn complained_about(&self) -> BTreeSet<PathBuf> {
        let of_files = self.all().flat_map(|project| project.ide.complained_about().map(Path::to_path_buf));
        let of_configs = self.folders.iter().filter(|it| !it.complaints.is_empty()).filter_map(|it| it.config.clone());
        of_files.chain(of_configs).collect()
    }

    /// The program that a question about a file is answered from.
    pub(super) fn ide(&mut self, path: &Path) -> &mut Ide {
        let index = self.owner_index(path);
        match index {
            Some(index) => &mut self.folders[index].ide,
            None => &mut self.loose.ide,
        }
    }

    pub(super) fn find_symbols(&mut self, query: &str) -> Vec<FoundSymbol> {
        self.all_mut().flat_map(|project| project.ide.find_symbols(query)).collect()
    }

    fn owner(&self, path: &Path) -> Option<&Project> {
        match self.owner_index(path) {
            Some(index) => Some(&self.folders[index]),
            None => self.open.contains_key(path).then_some(&self.loose),
        }
    }

    /// The innermost folder around a file.
    fn owner_index(&self, path: &Path) -> Option<usize> {
        let around = self.folders.iter().enumerate().filter(|(_, it)| path.starts_with(&it.root));
        around.max_by_key(|(_, it)| it.root.components().count()).map(|(index, _)| index)
    }

    fn gather_loose(&mut self) {
        let outside = self.open.keys().filter(|path| self.owner_index(path).is_none());
        let mut roots: Vec<PathBuf> = outside.cloned().collect();
        roots.sort();
        self.loose.ide.set_roots(roots);
    }

    fn all(&self) -> impl Iterator<Item = &Project> {
        self.folders.iter().chain([&self.loose])
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut Project> {
        self.folders.iter_mut().chain([&mut self.loose])
    }
}
