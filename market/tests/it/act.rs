//! One act in one transaction, as an edge runs it.

/// `act!(world, job::post(&actor, &draft))`: begins, calls with the transaction first, commits if it went well.
macro_rules! act {
    ($world:expr, $($path:ident)::+ ( $($arg:expr),* $(,)? )) => {{
        let mut tx = $world.market.begin().await.expect("begins");
        match market::$($path)::+(&mut tx, $($arg),*).await {
            Ok(done) => tx.commit().await.map(|()| done),
            Err(error) => Err(error),
        }
    }};
}

/// `read!(world, job::show(&actor, &id))`: the same for a read.
macro_rules! read {
    ($world:expr, $($path:ident)::+ ( $($arg:expr),* $(,)? )) => {{
        let mut conn = $world.market.read().await.expect("reads");
        market::$($path)::+(&mut conn, $($arg),*).await
    }};
}

pub(crate) use {act, read};
