package guichet.intake.erasures;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.forms.EmailAddresses;
import guichet.chassis.forms.Form;
import guichet.chassis.forms.Texts;
import guichet.events.ErasureOrdered;
import guichet.intake.contacts.Requester;
import guichet.intake.identity.Pseudonyms;
import guichet.intake.words.Words;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who is to be forgotten, by pseudonyms alone: the address or id that was sent goes no further than
 * this door.
 *
 * @param pseudonyms in alphabetical order
 */
record ErasureRequest(List<String> pseudonyms) {

    /** What channels may write; tokens have shorter ones. */
    private static final int LONGEST_CUSTOMER_ID = 500;

    /** Reads an e-mail address, a customer id, or both of one person. */
    static ErasureRequest read(Form form) {
        String email = form.optional("email", EmailAddresses.address());
        String customerId = form.optional("customerId", Texts.line(LONGEST_CUSTOMER_ID));
        if (email == null && customerId == null) {
            form.fault("email", Words.sentence("nobody-named"));
        }
        return of(email, customerId);
    }

    private static ErasureRequest of(@Nullable String email, @Nullable String customerId) {
        Stream<String> byEmail =
                email == null
                        ? Stream.empty()
                        : Stream.of(
                                Pseudonyms.ofAddress(email),
                                Pseudonyms.ofCustomer(Requester.visitorId(email)));
        Stream<String> byId =
                customerId == null ? Stream.empty() : Stream.of(Pseudonyms.ofCustomer(customerId));
        return new ErasureRequest(Stream.concat(byEmail, byId).distinct().sorted().toList());
    }

    /**
     * As the log keeps it. Its id comes from the pseudonyms, so that a repeat is the same erasure.
     *
     * @param supervisor id of who orders it
     */
    ErasureOrdered event(String supervisor, Instant at) {
        String id =
                UUID.nameUUIDFromBytes(String.join("\n", pseudonyms).getBytes(UTF_8)).toString();
        return new ErasureOrdered(id, at, pseudonyms, supervisor);
    }
}
