//! Temporary front.
use corona_std::bundle::*;
use std::sync::Arc;
static SNAPSHOT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/snapshot.bin"));
struct L;
impl Loader for L {
    fn load(&self, s: &str, r: &str, _h: How) -> Result<Graph, LoadError> {
        let id = if s.starts_with('/') { format!("file://{s}") } else { format!("{}{}", &r[..r.rfind('/').unwrap()+1], s) };
        let code = std::fs::read_to_string(&id[7..]).map_err(|e| LoadError{code:"CORONA1010", message: format!("{id}: {e}"), syntax:false})?;
        let mut imports = vec![];
        let mut modules = vec![];
        for line in code.lines() {
            if !(line.starts_with("import ") || line.starts_with("} from") || line.starts_with("export ")) { continue }
            if let Some(i) = line.find("from \"") { let sp = &line[i+6..]; let sp=&sp[..sp.find('"').unwrap()];
              let target = if corona_std::modules::is_importable(sp) || sp.starts_with("internal:") { sp.to_owned() } else { let g = self.load(sp, &id, How::Import)?; modules.extend(g.modules); g.root };
              imports.push(Import{specifier: sp.to_owned(), how: How::Import, target}); }
        }
        modules.push(Module{id:id.clone(), kind: Kind::Esm, code: code.into(), original:None, map:None, imports, exports:vec![], reexports:vec![]});
        Ok(Graph{root:id, modules})
    }
}
fn main() {
    let mut a: Vec<String> = std::env::args().skip(1).collect();
    if a.first().map(|s| s=="run").unwrap_or(false) { a.remove(0); }
    let mut flags=vec![]; let mut max = corona_runtime::COROUTINES_MAX_DEFAULT;
    while a[0].starts_with("--") { let f=a.remove(0); if let Some(n)=f.strip_prefix("--max-coroutines=") { max=n.parse().unwrap() } else { flags.push(f) } }
    let entry = a.remove(0);
    std::process::exit(corona_runtime::run(corona_runtime::Options{ loader: Arc::new(L), entry, arguments:a, stack_size: corona_runtime::STACK_SIZE_DEFAULT, coroutines_max: max, color:None, snapshot: SNAPSHOT, v8_flags: flags}));
}
