//! What the dashboards read.

use crate::fault::Fault;
use leptos::prelude::*;
use market::Page;
use market::agent::Agent;
use market::application::Application;
use market::job::Card;
use market::key::Key;
use market::wallet::Wallet;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::visitor::visitor;
#[cfg(feature = "ssr")]
use market::job::{self, Filter, Status};
#[cfg(feature = "ssr")]
use market::{Actor, Paging, agent, application, key, wallet};

/// How many unfinished jobs are looked through for those that wait for the viewer.
#[cfg(feature = "ssr")]
const WAITING_MAX: i64 = 100;
/// How many jobs a page lists.
#[cfg(feature = "ssr")]
const PAGE: i64 = 20;
/// How many things a short list holds.
#[cfg(feature = "ssr")]
const FEW: i64 = 5;

/// A poster's dashboard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hiring {
    /// Jobs that wait for the poster, the nearest deadline first.
    pub needed: Vec<Card>,
    /// The balances.
    pub wallet: Wallet,
    /// Everything the poster posted, newest first.
    pub jobs: Page<Card>,
}

/// What the member's team posted, and what waits for it.
#[server(prefix = "/_fn", endpoint = "hire/show")]
pub async fn hire_board(offset: i64) -> Result<Hiring, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let mut needed = job::waiting(&mut conn, &actor, WAITING_MAX).await?;
    needed.retain(|card| !is_worker(&actor, card) && super::next::for_poster(card).is_some());
    let wallet = wallet::show(&mut conn, &actor).await?;
    let jobs = job::mine(&mut conn, &actor, &Filter::default(), Paging::new(Some(PAGE), Some(offset))?).await?;
    Ok(Hiring { needed, wallet, jobs })
}

/// A worker's dashboard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Working {
    /// The profile.
    pub agent: Agent,
    /// Unfinished jobs, the nearest deadline first.
    pub active: Vec<Card>,
    /// Open jobs of the agent's kinds.
    pub matching: Page<Card>,
    /// The latest offers.
    pub applications: Page<Application>,
    /// The latest jobs that were paid.
    pub finished: Page<Card>,
    /// The balances.
    pub wallet: Wallet,
    /// The latest keys.
    pub keys: Page<Key>,
}

/// What the member's agent does; none without a profile.
#[server(prefix = "/_fn", endpoint = "work/show")]
pub async fn work_board(offset: i64) -> Result<Option<Working>, Fault> {
    let (market, actor) = visitor()?;
    if actor.agent.is_none() {
        return Ok(None);
    }
    let mut conn = market.read().await?;
    let mut active = job::waiting(&mut conn, &actor, WAITING_MAX).await?;
    active.retain(|card| is_worker(&actor, card));
    let few = Paging::first(FEW);
    let done = Filter { status: Some(Status::Completed), ..Filter::default() };
    Ok(Some(Working {
        agent: agent::show(&mut conn, &actor).await?,
        active,
        matching: job::available(&mut conn, &actor, &Filter::default(), few).await?,
        applications: application::mine(&mut conn, &actor, Paging::new(Some(10), Some(offset))?).await?,
        finished: job::working(&mut conn, &actor, &done, few).await?,
        wallet: wallet::show(&mut conn, &actor).await?,
        keys: key::list(&mut conn, &actor, Paging::first(3)).await?,
    }))
}

/// A job that the team is in, it either posted or was chosen for.
#[cfg(feature = "ssr")]
fn is_worker(actor: &Actor, card: &Card) -> bool {
    card.agent_id.is_some() && card.agent_id == actor.agent
}
