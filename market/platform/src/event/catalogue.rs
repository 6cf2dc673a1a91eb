//! The catalogue of all events, which the nouns declare.

use super::{Spec, StreamType};
use kernel::text::any_of;
use kernel::{Error, Result};

/// The specs of every noun's events.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue {
    nouns: &'static [&'static [Spec]],
}

impl Catalogue {
    /// Creates a catalogue from the specs of each noun.
    pub const fn new(nouns: &'static [&'static [Spec]]) -> Self {
        Self { nouns }
    }

    /// Returns every spec.
    pub fn specs(&self) -> impl Iterator<Item = &'static Spec> {
        self.nouns.iter().copied().flatten()
    }

    /// Finds the spec of an event.
    pub fn find(&self, name: &str) -> Option<&'static Spec> {
        self.specs().find(|spec| spec.name == name)
    }

    /// Returns the stream types, each once.
    pub fn stream_types(&self) -> Vec<StreamType> {
        let mut types: Vec<StreamType> = Vec::new();
        for sent in self.specs().flat_map(Spec::stream_types) {
            if !types.iter().any(|known| known.name == sent.name) {
                types.push(sent);
            }
        }
        types
    }

    /// Parses a list of types, `job.available,application.update`; empty means all.
    pub fn read_types(&self, list: &str) -> Result<Option<Vec<&'static str>>> {
        let words: Vec<_> = list.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Ok(None);
        }
        let known: Vec<_> = self.stream_types().iter().map(|known| known.name).collect();
        let read = |word: &str| {
            known.iter().copied().find(|name| *name == word).ok_or_else(|| {
                let short: String = word.chars().take(64).collect();
                Error::field("types", format!("\"{short}\" is not a type of event; use {}.", any_of(known.iter().copied())))
            })
        };
        let mut types = words.into_iter().map(read).collect::<Result<Vec<_>>>()?;
        types.sort_unstable();
        types.dedup();
        Ok(Some(types))
    }

    /// Lists the scopes that views need, each once.
    pub fn scopes(&self) -> Vec<&'static str> {
        let mut scopes: Vec<_> = self.specs().flat_map(|spec| spec.views).filter_map(|view| view.scope).collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes
    }

    /// Returns the names of the events that outlast streams: those of a history or of an audit log.
    pub fn outlasting_streams(&self) -> Vec<&'static str> {
        self.specs().filter(|spec| spec.in_history || spec.audited.is_some()).map(|spec| spec.name).collect()
    }

    /// Returns the names of the events that are kept for an audit log and for nothing else.
    pub fn only_audited(&self) -> Vec<&'static str> {
        self.specs().filter(|spec| spec.audited.is_some() && !spec.in_history).map(|spec| spec.name).collect()
    }
}
