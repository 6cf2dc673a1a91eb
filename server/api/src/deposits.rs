//! The door for deposits that two dialects share.

use crate::call::Call;
use crate::response::ApiError;
use market::deposit::{self, Deposit, Method, NewDeposit};
use market::text::Word;

/// Opens a deposit for a caller. Its answer is stored when the caller commits; a repetition before that finds the same deposit.
pub async fn open(call: &Call, cents: i64, method: Option<&str>) -> Result<Deposit, ApiError> {
    call.replay().await?;
    let method = method.map_or(Ok(Method::Card), |word| Method::read("method", word))?;
    let new = NewDeposit { cents, method, request: call.request_id(), back: "" };
    Ok(deposit::open(call.market(), call.state().services.payments.provider()?, &call.actor, &new).await?)
}
