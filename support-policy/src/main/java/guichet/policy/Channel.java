package guichet.policy;

/** The way a contact reaches the desk: web form, live chat, phone callback. */
public enum Channel {
    WEB,
    CHAT,
    PHONE
}
