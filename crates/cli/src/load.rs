//! Finding and reading the files of a contract: the one place where commands read them.
//!
//! A folder holds `contract.yaml`, perhaps `operations.yaml` and the price map which that names, and
//! perhaps `probity.yaml`, which puts the contract to use.
//! Nothing outside the folder is read, and nothing larger than a contract can sensibly be.

use crate::answer::Failure;
use crate::exit::Exit;
use probity::scenario;
use probity_cli::deployment;
use probity_core::contract::file::{self, Reading, Sources};
use probity_core::contract::{Contract, Operations};
use probity_core::diagnostic::FileKind;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// More bytes than this are refused without being read; the reader refuses them too.
const LARGEST: u64 = 1024 * 1024;
/// The same for a price map, which may list every model there is.
const LARGEST_PRICES: u64 = 16 * LARGEST;

const CONTRACT: &str = "contract.yaml";
const OPERATIONS: &str = "operations.yaml";
const DEPLOYMENT: &str = "probity.yaml";

/// A file that was read.
#[derive(Debug)]
pub(crate) struct File {
    /// Its path as a person would type it here.
    pub(crate) shown: String,
    /// Its bytes, for the reader.
    bytes: Vec<u8>,
    /// Its text, for showing lines of it; what is not UTF-8 is replaced by marks.
    pub(crate) text: String,
}

/// The files of one contract.
#[derive(Debug)]
pub(crate) struct Files {
    /// The promises.
    pub(crate) contract: File,
    /// Their private half, where there is one.
    pub(crate) operations: Option<File>,
    /// The price map that operations name, where they name one.
    pub(crate) prices: Option<File>,
    /// Where it is put to use; read only by who asks for it ([`with_deployment`]).
    pub(crate) deployment: Option<File>,
}

impl Files {
    /// The file of this kind; the contract where there is none (nothing points into an absent file).
    pub(crate) fn of(&self, kind: FileKind) -> &File {
        let other = match kind {
            FileKind::Contract => None,
            FileKind::Operations => self.operations.as_ref(),
            FileKind::Prices => self.prices.as_ref(),
            FileKind::Deployment => self.deployment.as_ref(),
        };
        other.unwrap_or(&self.contract)
    }

    /// Where they are.
    pub(crate) fn paths(&self) -> Vec<&Path> {
        let all = [Some(&self.contract), self.operations.as_ref(), self.prices.as_ref()];
        all.into_iter().flatten().map(|file| Path::new(&file.shown)).collect()
    }

    /// Their texts, for stories to be played under.
    pub(crate) fn texts(&self) -> scenario::Files {
        let text = |file: &File| file.text.clone();
        scenario::Files {
            contract: text(&self.contract),
            operations: self.operations.as_ref().map(text),
            prices: self.prices.as_ref().map(text),
        }
    }

    fn read(&self) -> Reading {
        file::read(&Sources {
            contract: &self.contract.bytes,
            operations: self.operations.as_ref().map(|f| f.bytes.as_slice()),
            prices: self.prices.as_ref().map(|f| f.bytes.as_slice()),
        })
    }
}

/// A contract that was read: its files, and what they say.
pub(crate) struct Loaded {
    /// The files, to show lines of them.
    pub(crate) files: Files,
    /// What they say, and what is wrong with them.
    pub(crate) reading: Reading,
}

impl Loaded {
    /// Does the contract's file write this key itself? Keys are paths with points.
    pub(crate) fn writes(&self, key: &str) -> bool {
        let path: Vec<&str> = key.split('.').collect();
        self.reading.places.has(FileKind::Contract, &path)
    }
}

/// Reads what a person typed: a folder with a contract, the contract's file, or a file beside it.
pub(crate) fn load(typed: &Path) -> Result<Loaded, Failure> {
    let (folder, contract) = find(typed)?;
    let operations = folder.join(OPERATIONS);
    let is_there = operations.symlink_metadata().is_ok();
    let operations = if is_there { Some(read_regular(&operations, LARGEST)?) } else { None };
    let read_contract = if contract == typed { read } else { read_regular };
    let contract = read_contract(&contract, LARGEST)?;
    let mut files = Files { contract, operations, prices: None, deployment: None };
    let reading = files.read();
    let named = reading.places.text(FileKind::Operations, &["costs", "prices"]);
    let path = named.map(|named| within(&folder, named)).transpose()?.flatten();
    let Some(path) = path else { return Ok(Loaded { files, reading }) };
    files.prices = Some(read_regular(&path, LARGEST_PRICES)?);
    let reading = files.read();
    Ok(Loaded { files, reading })
}

/// The same, and the deployment beside the contract, where there is one.
pub(crate) fn with_deployment(
    typed: &Path,
) -> Result<(Loaded, Option<deployment::Reading>), Failure> {
    let mut loaded = load(typed)?;
    let Some(path) = deployment_beside(typed) else { return Ok((loaded, None)) };
    let (file, reading) = read_deployment(&path, Some(&loaded))?;
    loaded.files.deployment = Some(file);
    Ok((loaded, Some(reading)))
}

/// Where the deployment beside a contract is, if there is one.
pub(crate) fn deployment_beside(typed: &Path) -> Option<PathBuf> {
    let path = find(typed).ok()?.0.join(DEPLOYMENT);
    path.symlink_metadata().is_ok().then_some(path)
}

/// Reads a deployment, and holds it to the contract that it puts to use, where that is known.
pub(crate) fn read_deployment(
    path: &Path,
    loaded: Option<&Loaded>,
) -> Result<(File, deployment::Reading), Failure> {
    let mut file = read_regular(path, LARGEST)?;
    let mut reading = deployment::read(&file.bytes, loaded.map(|loaded| &loaded.reading));
    // Whatever is shown of it, lines or words, shows no secret.
    deployment::hide_secrets(&mut file.text, &mut reading.findings);
    Ok((file, reading))
}

/// The contract and its operations, where they have no errors; without a file for operations,
/// nothing is known of costs and everything is enforced.
pub(crate) fn readable(loaded: &Loaded, typed: &Path) -> Result<(Contract, Operations), Failure> {
    let reading = &loaded.reading;
    let operations = match (&loaded.files.operations, &reading.operations, &reading.contract) {
        (None, _, Some(contract)) => Some(Operations::none(&contract.name)),
        (_, operations, _) => operations.clone(),
    };
    reading.contract.clone().zip(operations).ok_or_else(|| {
        Failure::new(
            Exit::ERRORS,
            "contract_refused",
            "the contract has errors, so nothing can be decided by it yet",
            format!("see them all: probity check {}", shown(typed)),
        )
    })
}

/// The folder and the contract's file.
fn find(typed: &Path) -> Result<(PathBuf, PathBuf), Failure> {
    let about = fs::metadata(typed).map_err(|e| unreadable(typed, &e))?;
    if about.is_dir() {
        let contract = typed.join(CONTRACT);
        let is_there = contract.symlink_metadata().is_ok();
        return if is_there {
            Ok((typed.to_path_buf(), contract))
        } else {
            Err(no_contract(typed))
        };
    }
    let folder = typed.parent().map(Path::to_path_buf).unwrap_or_default();
    let is_beside = typed.file_name().is_some_and(|name| name == OPERATIONS || name == DEPLOYMENT);
    let contract = if is_beside { folder.join(CONTRACT) } else { typed.to_path_buf() };
    Ok((folder, contract))
}

/// The path of a file that the contract names, if it stays within the folder, links followed. None
/// where there is no such file: then it was not given, and the reader says so at its place.
fn within(folder: &Path, named: &str) -> Result<Option<PathBuf>, Failure> {
    let path = folder.join(named);
    let home = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let home = home.canonicalize().map_err(|e| unreadable(home, &e))?;
    let real = match path.canonicalize() {
        Ok(real) => real,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&path, &error)),
    };
    if real.starts_with(&home) { Ok(Some(path)) } else { Err(outside(named)) }
}

/// A file that nobody typed: a pipe in its place could keep us waiting for ever.
fn read_regular(path: &Path, largest: u64) -> Result<File, Failure> {
    let about = fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    if about.is_file() { read(path, largest) } else { Err(not_a_file(path)) }
}

fn read(path: &Path, largest: u64) -> Result<File, Failure> {
    let mut bytes = Vec::new();
    let about = fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    if about.is_dir() {
        return Err(not_a_file(path));
    }
    if about.len() > largest {
        return Err(too_large(path, largest));
    }
    let file = fs::File::open(path).map_err(|e| unreadable(path, &e))?;
    // A pipe has no length: it is cut off one byte beyond what is allowed.
    file.take(largest + 1).read_to_end(&mut bytes).map_err(|e| unreadable(path, &e))?;
    if bytes.len() as u64 > largest {
        return Err(too_large(path, largest));
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(File { shown: shown(path), bytes, text })
}

/// The text of a file of stories, no larger than a contract may be.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    read_regular(path, LARGEST).map(|file| file.text)
}

/// The text of a list of prices; `-`: of standard input.
pub(crate) fn price_list(path: &Path) -> Result<String, Failure> {
    if path != Path::new("-") {
        return read(path, LARGEST_PRICES).map(|file| file.text);
    }
    let mut bytes = Vec::new();
    let most = LARGEST_PRICES + 1;
    io::stdin().take(most).read_to_end(&mut bytes).map_err(|e| unreadable(path, &e))?;
    if bytes.len() as u64 == most {
        return Err(too_large(path, LARGEST_PRICES));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A path as a person would type it here.
pub(crate) fn shown(path: &Path) -> String {
    // The parts of a path without its dots: `./hello/./contract.yaml` is `hello/contract.yaml`.
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let path: PathBuf = parts.collect();
    if path.as_os_str().is_empty() { "this folder".to_owned() } else { path.display().to_string() }
}

fn no_contract(folder: &Path) -> Failure {
    Failure::new(
        Exit::NO_INPUT,
        "no_contract",
        format!("there is no {CONTRACT} in {}", folder_words(folder)),
        "name the folder that has one, or write one: probity init",
    )
}

pub(crate) fn folder_words(folder: &Path) -> String {
    let shown = shown(folder);
    if shown.is_empty() { String::from("this folder") } else { shown }
}

pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let shown = shown(path);
    let (code, what, fix) = match error.kind() {
        io::ErrorKind::NotFound => ("not_found", format!("there is no {shown}"), "check the path"),
        io::ErrorKind::PermissionDenied => (
            "not_allowed",
            format!("{shown} may not be read by you"),
            "ask its owner for the permission to read it",
        ),
        _ => ("not_readable", format!("{shown} cannot be read: {error}"), "check the path"),
    };
    Failure::new(Exit::NO_INPUT, code, what, fix)
}

fn not_a_file(path: &Path) -> Failure {
    Failure::new(
        Exit::NO_INPUT,
        "not_a_file",
        format!("{} is not a file", shown(path)),
        "put a text file in its place",
    )
}

fn too_large(path: &Path, largest: u64) -> Failure {
    Failure::new(
        Exit::NO_INPUT,
        "too_large",
        format!("{} is larger than {} MiB, so it was not read", shown(path), largest / LARGEST),
        "a contract is a few pages of text; check that this is the right file",
    )
}

fn outside(named: &str) -> Failure {
    Failure::new(
        Exit::NO_INPUT,
        "outside_the_folder",
        format!("costs.prices names {named}, which is not in the folder of the contract"),
        "copy the price map into the folder, and name it from there: ./model-prices.json",
    )
}
