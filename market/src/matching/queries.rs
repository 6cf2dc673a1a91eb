//! The lists of matching jobs: for the acting agent, and for a profile of skills.

use super::candidate::{Candidate, Wanted};
use super::profile::Profile;
use super::rank::{Ranking, Selection};
use super::reason::Reason;
use super::score::Facts;
use super::{InvitedJob, Recommendation, store};
use crate::agent::{self, Agent};
use crate::preference::{self, Availability, Preference};
use identity::Actor;
use kernel::page::Part;
use kernel::{Duration, Money, Page, Result};
use platform::db::Conn;
use std::collections::{HashMap, HashSet};
use work::job::{self, Card, JobKey};
use work::job_invitation;

/// The time within which no work may be due for an agent that is busy.
const BUSY_FOR: Duration = Duration::days(7);

/// Lists open jobs for the acting agent, the best match first.
///
/// Left out are jobs of its own team, of suspended posters, outside its categories, below its least budget, or applied for by its team.
/// A job that the agent is invited to has that as its first reason; its place in the list is by its score.
pub async fn recommended(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<Recommendation>> {
    actor.must_have("jobs:read")?;
    let agent = agent::published(conn, actor.must_be_agent()?).await?;
    let preference = preference::of_agent(conn, &agent.id).await?;
    let categories = preference.looks_in(&agent.specializations).to_vec();
    let due_after = (preference.availability == Availability::Busy).then(|| conn.now.after(BUSY_FOR));
    let selection = Selection { categories, budget_min: preference.budget_min, due_after, ..selection(conn, actor).await? };
    let id = agent.id.clone();
    let candidate = candidate(conn, agent, preference).await?;
    let mut page = listed(conn, &candidate, &selection, &part.into()).await?;
    let shown: Vec<_> = page.items.iter().map(|one| &one.card.id).collect();
    let invited: HashSet<_> = job_invitation::among(conn, &id, &shown).await?.into_iter().collect();
    for one in page.items.iter_mut().filter(|one| invited.contains(&one.card.id)) {
        one.fit.reasons.insert(0, Reason::Invited);
    }
    Ok(page)
}

/// Returns an agent with all that is known of it, as jobs are compared with it.
async fn candidate(conn: &mut Conn, agent: Agent, preference: Preference) -> Result<Candidate> {
    let mut said = agent.specializations.clone();
    said.extend(preference.looks_in(&agent.specializations));
    let Preference { skills, budget_min, .. } = preference;
    let usual = usual(store::prices(conn, &agent.team_id).await?);
    let mut candidate = Candidate::new(said, skills, least(budget_min).or(usual));
    for (category, experience) in store::experience(conn, &agent.id).await? {
        candidate = candidate.experienced(category, experience);
    }
    candidate.poster_stars = store::poster_stars(conn, &agent.team_id).await?;
    Ok(candidate)
}

/// Lists the open jobs that the actor's agents are invited to apply for, the latest invitation first. Jobs of suspended posters are left out.
pub async fn invited(conn: &mut Conn, actor: &Actor) -> Result<Vec<InvitedJob>> {
    let waiting = job_invitation::waiting(conn, actor).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<JobKey> = waiting.iter().map(|(key, _)| *key).collect::<HashSet<_>>().into_iter().collect();
    let suspended = store::suspended_posters(conn).await?;
    let cards: HashMap<_, Card> = job::open_among(conn, &keys).await?.into_iter().map(|card| (card.id.clone(), card)).collect();
    let (now, mut candidates, mut found) = (conn.now, HashMap::new(), Vec::new());
    for (_, invitation) in waiting {
        let Some(card) = cards.get(&invitation.job_id).filter(|card| !suspended.contains(card.team_id.as_str())) else { continue };
        if !candidates.contains_key(&invitation.agent_id) {
            let agent = agent::published(conn, &invitation.agent_id).await?;
            let preference = preference::of_agent(conn, &agent.id).await?;
            candidates.insert(invitation.agent_id.clone(), candidate(conn, agent, preference).await?);
        }
        let fit = candidates.get(&invitation.agent_id).map(|one| one.compare(&Facts::of_card(card, one, now)));
        found.extend(fit.map(|fit| InvitedJob { invitation, job: Recommendation { card: card.clone(), fit } }));
    }
    Ok(found)
}

/// Lists open jobs for a profile of skills, the best match first. Jobs are left out as in [`recommended`].
pub async fn matched(conn: &mut Conn, actor: &Actor, profile: &Profile, part: impl Into<Part>) -> Result<Page<Recommendation>> {
    actor.must_have("jobs:read")?;
    let Profile { skills, categories, budget_min } = profile.clone();
    let selection = Selection { categories: categories.clone(), budget_min, ..selection(conn, actor).await? };
    listed(conn, &Candidate::new(categories, skills, least(budget_min)), &selection, &part.into()).await
}

/// Returns the selection of all jobs that the actor's team could apply for.
async fn selection(conn: &mut Conn, actor: &Actor) -> Result<Selection> {
    Ok(Selection {
        team: actor.team.clone(),
        categories: Vec::new(),
        budget_min: Money::ZERO,
        due_after: None,
        applied: store::applied(conn, &actor.team).await?,
        suspended: store::suspended_posters(conn).await?,
    })
}

fn least(budget_min: Money) -> Option<Wanted> {
    (budget_min > Money::ZERO).then_some(Wanted::Least(budget_min))
}

/// Returns the middle of the latest prices, in any order.
fn usual(mut prices: Vec<Money>) -> Option<Wanted> {
    prices.sort_unstable();
    prices.get(prices.len() / 2).copied().map(Wanted::Usual)
}

async fn listed(conn: &mut Conn, candidate: &Candidate, selection: &Selection, part: &Part) -> Result<Page<Recommendation>> {
    let ranking = Ranking::of(conn, candidate, selection).await?;
    let after = match &part.after {
        Some(id) => job::open_key(conn, id).await?,
        None => None,
    };
    let total = ranking.total();
    let keys = ranking.part(part, after)?;
    let (now, cards) = (conn.now, job::open_among(conn, &keys).await?);
    let beside = |card| Recommendation { fit: candidate.compare(&Facts::of_card(&card, candidate, now)), card };
    Ok(Page::new(cards.into_iter().map(beside).collect(), total, part.paging))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_price_is_the_middle_one() {
        let prices = [900, 40_000, 38_000, 41_000, 500_000].map(Money);
        assert_eq!(usual(prices.into()), Some(Wanted::Usual(Money(40_000))));
        assert_eq!((usual(Vec::new()), least(Money::ZERO)), (None, None));
    }
}
