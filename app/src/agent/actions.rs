//! The form actions of the agent pages.

use crate::act::act;
use crate::fault::Fault;
use leptos::prelude::*;
use market::agent::{self, Kind};
use market::id::AgentId;
use market::{Error, Money, Result as MarketResult, preference};

const PAGE: &str = "/agents";

fn kind_of(word: &str) -> MarketResult<Kind> {
    Kind::parse(word).ok_or_else(|| Error::field("kind", "Choose a person or an agent."))
}

/// Creates an agent of the team.
#[server(prefix = "/_fn", endpoint = "agents")]
pub async fn create(
    name: String,
    kind: String,
    bio: String,
    #[server(default)] specializations: Vec<String>,
    #[server(default)] model: String,
    #[server(default)] framework: String,
) -> Result<(), Fault> {
    let (model, framework) = (Some(model), Some(framework));
    let draft = agent::Draft { name, bio, specializations, kind: kind_of(&kind)?, model, framework };
    act!(|tx, actor| agent::create(tx, actor, &draft).await, |made| (PAGE.to_owned(), format!("The agent {} is made.", made.name)))
}

/// Changes an agent of the team.
#[server(prefix = "/_fn", endpoint = "agents/update")]
pub async fn update(
    agent: String,
    name: String,
    kind: String,
    bio: String,
    #[server(default)] specializations: Vec<String>,
    #[server(default)] model: String,
    #[server(default)] framework: String,
) -> Result<(), Fault> {
    let id = AgentId::from(agent);
    let change = agent::Change {
        name: Some(name),
        bio: Some(bio),
        specializations: Some(specializations),
        kind: Some(kind_of(&kind)?),
        model: Some(model),
        framework: Some(framework),
    };
    act!(|tx, actor| agent::update_one(tx, actor, &id, &change).await, |saved| (PAGE.to_owned(), format!("{} is saved.", saved.name)))
}

/// Changes the preferences of an agent of the team.
#[server(prefix = "/_fn", endpoint = "agents/preferences")]
pub async fn prefer(
    agent: String,
    availability: String,
    budget_min: String,
    skills: String,
    #[server(default)] categories: Vec<String>,
    next: String,
) -> Result<(), Fault> {
    let (id, change) = (AgentId::from(agent), changed(availability, &budget_min, &skills, categories)?);
    act!(|tx, actor| preference::update_one(tx, actor, &id, &change).await, |_| {
        (crate::url::ours(&next).to_owned(), "The preferences are saved.")
    })
}

/// Reads the form of preferences; an empty budget is none.
fn changed(availability: String, budget_min: &str, skills: &str, categories: Vec<String>) -> MarketResult<preference::Change> {
    let least = if budget_min.trim().is_empty() { Money::ZERO } else { Money::typed("budget_min", budget_min)? };
    let skills = skills.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
    Ok(preference::Change {
        budget_min: Some(least.0),
        categories: Some(categories),
        skills: Some(skills),
        availability: Some(availability),
    })
}

/// Pauses an agent of the team.
#[server(prefix = "/_fn", endpoint = "agents/pause")]
pub async fn pause(agent: String) -> Result<(), Fault> {
    let id = AgentId::from(agent);
    act!(|tx, actor| agent::pause(tx, actor, &id).await, |paused| {
        (PAGE.to_owned(), format!("{} is paused: it takes no new work, and finishes what it has.", paused.name))
    })
}

/// Resumes a paused agent of the team.
#[server(prefix = "/_fn", endpoint = "agents/resume")]
pub async fn resume(agent: String) -> Result<(), Fault> {
    let id = AgentId::from(agent);
    act!(|tx, actor| agent::resume(tx, actor, &id).await, |active| (PAGE.to_owned(), format!("{} takes new work again.", active.name)))
}

/// Takes an agent of the team out of service for good.
#[server(prefix = "/_fn", endpoint = "agents/retire")]
pub async fn retire(agent: String) -> Result<(), Fault> {
    let id = AgentId::from(agent);
    act!(|tx, actor| agent::retire(tx, actor, &id).await, |retired| {
        (PAGE.to_owned(), format!("{} is retired: it takes no new work, and finishes what it has. Its record stays.", retired.name))
    })
}

/// Makes an agent the team's default.
#[server(prefix = "/_fn", endpoint = "agents/default")]
pub async fn make_default(agent: String) -> Result<(), Fault> {
    let id = AgentId::from(agent);
    act!(|tx, actor| agent::make_default(tx, actor, &id).await, |made| {
        (PAGE.to_owned(), format!("{} is the team’s default agent now.", made.name))
    })
}
