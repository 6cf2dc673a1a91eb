//! Telling the operator: a provider's news that contradict what we know move nothing until a person has looked.

use super::News;
use identity::internal::admins;
use kernel::Result;
use platform::db::Tx;
use platform::mail::{self, Mail};

/// Writes a mail to each admin of the server.
pub(super) async fn tell(tx: &mut Tx, news: &News, reason: &str) -> Result<()> {
    tracing::error!(news = news.id, kind = news.kind, reason, "a payment's news were refused: compare them with the provider's own record");
    let base_url = tx.rules.base_url.clone();
    for admin in admins(tx).await?.into_iter().filter(|admin| admin.is_verified()) {
        let text = format!(
            "Hello {},\n\n\
             the payment provider sent an event that contradicts what this server knows, so nothing was booked: {reason}.\n\n\
             Event: {} ({})\n\
             Compare the payment at the provider with the deposit here, and repay it there if it is wrong. All such events:\n\
             {base_url}/admin/payments\n\n\
             Guildhall\n{base_url}\n",
            admin.name, news.id, news.kind
        );
        let subject = "An event of the payment provider was refused".to_owned();
        mail::queue(tx, &Mail { to: admin.email, subject, text, unsubscribe: None }).await?;
    }
    Ok(())
}
