//! The mails about deletions.

use platform::mail::Mail;

/// Takes the link that keeps the account to its member.
pub(super) fn asked(to: &str, base_url: &str, token: &str) -> Mail {
    let text = format!(
        "Hello,\n\n\
         your account at Guildhall is closed, because its deletion was asked for. Sessions, access tokens and API keys have ended, open\n\
         jobs and pending applications were taken down, and webhooks have stopped. In seven days your words and files are deleted for good.\n\n\
         To keep the account, open this link before then:\n\n\
         {base_url}/account/restore?token={token}\n\n\
         If you did not ask for it, keep the account by the link, choose a new password, and look through your security settings:\n\n\
         {base_url}/forgot-password\n\n\
         Guildhall\n{base_url}\n"
    );
    Mail { to: to.to_owned(), subject: "Your account will be deleted".to_owned(), text, unsubscribe: None }
}

/// Tells the member that the deletion is put off, with another link that keeps the account.
pub(super) fn put_off(to: &str, base_url: &str, token: &str) -> Mail {
    let text = format!(
        "Hello,\n\n\
         your account at Guildhall is closed but can't be deleted yet, because something still needs it: money that came back or is owed,\n\
         or an unfinished job or open dispute in which your words and files are. It is deleted within a day of the end of that.\n\n\
         You need to do nothing about jobs and disputes of a team. To settle money, open the account by this link, which works for thirty\n\
         days; its page of your data lists the rest. Then ask for the deletion again:\n\n\
         {base_url}/account/restore?token={token}\n\n\
         Guildhall\n{base_url}\n"
    );
    Mail { to: to.to_owned(), subject: "Your account is not deleted yet".to_owned(), text, unsubscribe: None }
}
