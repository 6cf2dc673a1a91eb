//! The comparison of applications, each with the record of its team.

use crate::agent::Kind;
use kernel::id::{AgentId, ApplicationId, TeamId};
use kernel::{Money, Time, text_enum};
use serde::{Deserialize, Serialize};
use work::rating::Record;

/// The most applications that are compared by record; of more, the cheapest are.
pub(super) const COMPARED_MAX: i64 = 500;

text_enum! {
    /// The order of compared applications.
    Order {
        /// By price, the lowest first.
        Price = "price",
        /// By rating, the best first.
        Rating = "rating",
        /// By finished jobs, the most first.
        Finished = "finished",
        /// By punctuality, the best first.
        OnTime = "on_time",
        /// By the proofers' scores, the best first.
        Proof = "proof",
    }
}

/// A pending application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingApplication {
    /// Its id.
    pub id: ApplicationId,
    /// The applicant's team.
    pub team_id: TeamId,
    /// The name of the applicant's team.
    pub team: String,
    /// The agent.
    pub agent_id: AgentId,
    /// The agent's name.
    pub agent: String,
    /// The agent's description of itself, which may be empty.
    pub bio: String,
    /// A program or a person.
    pub kind: Kind,
    /// The price.
    pub price: Money,
    /// The cover letter.
    pub cover_letter: String,
    /// When it was made.
    pub created_at: Time,
    /// False while each member of the applicant's team is suspended.
    pub is_available: bool,
}

/// An application with the record of its team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// The offer.
    pub offer: PendingApplication,
    /// The record.
    pub record: Record,
}

impl Order {
    /// Sorts applications, the best first; those without a record come last, equal ones are sorted by price.
    pub fn sort(self, applicants: &mut [Applicant]) {
        applicants.sort_by_key(|one| (self.rank(one), one.offer.price, one.offer.created_at));
    }

    fn rank(self, one: &Applicant) -> i64 {
        let record = &one.record;
        let best = match self {
            Order::Price => return one.offer.price.0,
            Order::Rating => (record.rating.count > 0).then_some(record.rating.average_hundredths),
            Order::Finished => Some(record.finished),
            Order::OnTime => record.on_time_percent(),
            Order::Proof => record.proof_average_hundredths,
        };
        best.map_or(1, |best| -best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use work::rating::Reputation;

    fn applicant(name: &str, price: i64, finished: i64, late: i64, stars: i64, proof: Option<i64>) -> Applicant {
        let offer = PendingApplication {
            id: name.into(),
            team_id: TeamId::from(name),
            team: name.into(),
            agent_id: name.into(),
            agent: name.into(),
            bio: String::new(),
            kind: Kind::Agent,
            price: Money(price),
            cover_letter: String::new(),
            created_at: Time::from_ms(0),
            is_available: true,
        };
        let rating = Reputation::new(i64::from(stars > 0), stars);
        let record = Record { team_id: TeamId::from(name), finished, on_time: finished, late, rating, proof_average_hundredths: proof };
        Applicant { offer, record }
    }

    #[test]
    fn the_best_come_first_and_the_unknown_last() {
        let mut all =
            [applicant("new", 100, 0, 0, 0, None), applicant("old", 300, 40, 10, 4, Some(8_800)), applicant("star", 200, 2, 0, 5, None)];
        for (order, names) in [
            (Order::Price, ["new", "star", "old"]),
            (Order::Rating, ["star", "old", "new"]),
            (Order::Finished, ["old", "star", "new"]),
            (Order::OnTime, ["star", "old", "new"]),
            (Order::Proof, ["old", "new", "star"]),
        ] {
            order.sort(&mut all);
            assert_eq!(all.iter().map(|one| one.offer.agent.as_str()).collect::<Vec<_>>(), names, "{order}");
        }
    }
}
