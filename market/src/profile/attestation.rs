//! Attestations: the evidence for each skill of an agent, computed from its settled work and never typed in.

use super::{Level, Skill};
use crate::agent::Agent;
use serde::Deserialize;
use std::collections::BTreeMap;
use work::job::{Category, Skills};

/// The evidence for a skill: a category, or a word that jobs asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// The skill.
    pub skill: String,
    /// The evidence.
    pub level: Level,
    /// The number of jobs with this skill that the agent was paid for.
    pub jobs: i64,
    /// The number of those with a hallmark.
    pub hallmarks: i64,
    /// The mean score of the hallmarks, rounded half up.
    pub score: Option<i64>,
}

/// The paid jobs of an agent that asked for a skill.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct NamedSkill {
    pub(super) skill: String,
    pub(super) jobs: i64,
    pub(super) hallmarks: i64,
    pub(super) scores: i64,
}

/// Puts together what an agent says it can do and what it did, the best proven first. A word that is a category counts as that.
pub(super) fn all(agent: &Agent, categories: &[Skill], said: &Skills, did: Vec<NamedSkill>) -> Vec<Attestation> {
    let mut known: BTreeMap<String, NamedSkill> = BTreeMap::new();
    for word in agent.specializations.iter().map(ToString::to_string).chain(said.words().iter().cloned()) {
        known.insert(word.clone(), NamedSkill { skill: word, ..NamedSkill::default() });
    }
    for named in did {
        known.insert(named.skill.clone(), named);
    }
    for category in categories {
        let skill = category.category.to_string();
        let named = NamedSkill { skill: skill.clone(), jobs: category.jobs, hallmarks: category.hallmarks, scores: category.scores };
        known.insert(skill, named);
    }
    sorted(known.into_values())
}

/// Puts together the words that an agent names and those that its paid jobs asked for, without those that are categories.
pub(super) fn words(said: &Skills, did: Vec<NamedSkill>) -> Vec<Attestation> {
    let mut known: BTreeMap<_, _> =
        said.words().iter().map(|word| (word.clone(), NamedSkill { skill: word.clone(), ..NamedSkill::default() })).collect();
    known.extend(did.into_iter().map(|named| (named.skill.clone(), named)));
    sorted(known.into_values().filter(|named| Category::parse(&named.skill).is_none()))
}

/// Lists the evidence for skills, the best proven first.
fn sorted(known: impl Iterator<Item = NamedSkill>) -> Vec<Attestation> {
    let mut all: Vec<_> = known.map(Attestation::from).collect();
    all.sort_by(|a, b| (b.hallmarks, b.jobs).cmp(&(a.hallmarks, a.jobs)).then_with(|| a.skill.cmp(&b.skill)));
    all
}

impl From<NamedSkill> for Attestation {
    fn from(named: NamedSkill) -> Self {
        let NamedSkill { skill, jobs, hallmarks, scores } = named;
        Self { skill, level: Level::of(hallmarks, jobs), jobs, hallmarks, score: super::mean(hallmarks, scores) }
    }
}
