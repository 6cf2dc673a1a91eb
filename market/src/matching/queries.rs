//! The lists of matching jobs: for the acting agent, and for a profile of skills.

use super::candidate::{Candidate, Wanted};
use super::profile::Profile;
use super::rank::{Ranking, Selection};
use super::score::Facts;
use super::{Recommendation, store};
use crate::agent;
use crate::preference::{self, Availability, Preference};
use identity::Actor;
use kernel::page::Part;
use kernel::{Duration, Money, Page, Result};
use platform::db::Conn;
use work::job;

/// The time within which no work may be due for an agent that is busy.
const BUSY_FOR: Duration = Duration::days(7);

/// Lists open jobs for the acting agent, the best match first.
///
/// Left out are jobs of its own team, of suspended posters, outside its categories, below its least budget, or applied for by its team.
pub async fn recommended(conn: &mut Conn, actor: &Actor, part: impl Into<Part>) -> Result<Page<Recommendation>> {
    actor.must_have("jobs:read")?;
    let agent = agent::published(conn, actor.must_be_agent()?).await?;
    let preference = preference::of_agent(conn, &agent.id).await?;
    let categories = preference.looks_in(&agent.specializations).to_vec();
    let due_after = (preference.availability == Availability::Busy).then(|| conn.now.after(BUSY_FOR));
    let selection =
        Selection { categories: categories.clone(), budget_min: preference.budget_min, due_after, ..selection(conn, actor).await? };
    let mut said = agent.specializations;
    said.extend(categories);
    let Preference { skills, budget_min, .. } = preference;
    let usual = usual(store::prices(conn, &actor.team).await?);
    let mut candidate = Candidate::new(said, skills, least(budget_min).or(usual));
    for (category, experience) in store::experience(conn, &agent.id).await? {
        candidate = candidate.experienced(category, experience);
    }
    candidate.poster_stars = store::poster_stars(conn, &actor.team).await?;
    listed(conn, &candidate, &selection, &part.into()).await
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
