//! Workers and pages that ask about payments every few seconds read an index, however many rows there are.

use market::db::sql;
use testkit::both;

/// Writes the question for the plan of a statement.
macro_rules! plan {
    ($statement:literal) => {
        concat!("explain query plan ", $statement)
    };
}

/// Statements of the stores, and the index that each is read from.
const PLANS: &[(&str, &str)] = &[
    (
        plan!(
            "select r.team_id from refill r left join account a on a.id = 'wallet:' || r.team_id \
         where r.low_since is null and coalesce(a.balance, 0) < r.threshold limit 100"
        ),
        "refill_watched",
    ),
    (plan!("select count(*) from deposit where team_id = 'x' and status = 'open' and is_charge = 0"), "deposit_open"),
    (
        plan!(
            "select count(*) as count, cast(coalesce(sum(amount), 0) as bigint) as amount from deposit where team_id = 'x' and status = 'processing'"
        ),
        "COVERING INDEX deposit_processing",
    ),
    (
        plan!(
            "select cast(coalesce(sum(credited), 0) as bigint) from deposit \
         where team_id = 'x' and status = 'paid' and credited > 0 and settled_at > 'y'"
        ),
        "COVERING INDEX deposit_credited",
    ),
    (
        plan!(
            "select settled_at, cast(reached as bigint) as sum from (select settled_at, id, sum(credited) over (order by settled_at, id) as reached \
         from deposit where team_id = 'x' and status = 'paid' and credited > 0 and settled_at > 'y') d \
         where reached > 3 order by settled_at, id limit 1"
        ),
        "COVERING INDEX deposit_credited",
    ),
    (plan!("select count(*) from payout where team_id = 'x' and state in ('asked', 'sent', 'returning')"), "payout_under_way"),
    (
        plan!(
            "select cast(coalesce(sum(amount - reversed), 0) as bigint) from payout \
         where team_id = 'x' and state in ('asked', 'sent', 'returning')"
        ),
        "payout_under_way",
    ),
];

both! {
    async fn questions_about_payments_are_answered_from_their_index(app) {
        if !app.url().starts_with("sqlite") {
            return;
        }
        #[derive(serde::Deserialize)]
        struct Step { detail: String }
        for (plan, index) in PLANS {
            let steps: Vec<Step> = sql(plan).all(&mut app.read().await).await.expect("is planned");
            let told = steps.into_iter().map(|step| step.detail).collect::<Vec<_>>().join(" / ");
            assert!(told.contains(index), "{plan}: {told}");
        }
    }
}
