package guichet.intake.contacts;

/** What goes back to the customer: an answer that stands, or a refusal with its reason. */
sealed interface Reply permits Answer, Outcome.Closed {}
