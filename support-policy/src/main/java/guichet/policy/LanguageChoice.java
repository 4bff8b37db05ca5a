package guichet.policy;

/**
 * The language queue of a contact and why (L1).
 *
 * @param language the queue
 * @param reason a short English sentence that names the row; never quotes the customer
 */
public record LanguageChoice(Language language, String reason) {}
