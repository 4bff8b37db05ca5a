package guichet.routing.agents;

import guichet.chassis.Wordless;
import guichet.policy.OfferRules;
import guichet.policy.SupportPolicy;
import guichet.routing.agents.DesktopHistory.Start;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;

/**
 * The stream of what the desk tells an agent. It occupies the request's virtual thread for as long
 * as it is open.
 */
@RestController
class OfferStreamController {

    static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final Logger log = LoggerFactory.getLogger(OfferStreamController.class);

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    /** An offer may be stamped by another clock than ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final Desktops desktops;
    private final DesktopHistory history;
    private final InstantSource clock;
    private final JsonMapper json;
    private final AgentMeters meters;
    private final Duration longestOffer;

    OfferStreamController(
            SupportPolicy policy,
            Desktops desktops,
            DesktopHistory history,
            InstantSource clock,
            JsonMapper json,
            AgentMeters meters) {
        this.desktops = desktops;
        this.history = history;
        this.clock = clock;
        this.json = json;
        this.meters = meters;
        this.longestOffer =
                policy.offerRules().values().stream()
                        .map(OfferRules::offerFor)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
    }

    /**
     * Begins after the event that Last-Event-ID names, or with the offers that are open now, and
     * goes on with what comes until the window or the token is gone.
     */
    @GetMapping(path = "/api/agents/me/offers", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void offers(
            @AuthenticationPrincipal Agent agent,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws IOException {
        long after = lastEventId == null ? -1 : offset(lastEventId);
        EventStream out = new EventStream(response, json);
        OfferStream stream = new OfferStream(KEEP_ALIVE, clock, meters);
        try (Desktops.Place place = desktops.listen(agent.id(), stream)) {
            // What came before the stream took its place stands on the topic, the rest in line.
            out.open();
            if (lastEventId == null) {
                sendOpenOffers(agent, place.from(), out);
            } else {
                history.read(agent.id(), new Start.After(after), place.from(), out::event);
            }
            if (place.from() - 1 > after) {
                // Else a window that is cut off before its next event would read all of this again,
                // or before its first one miss what comes meanwhile.
                out.place(place.from() - 1);
            }
            stream.sendTo(out, after, agent.until());
        } catch (IOException | RuntimeException failure) {
            if (!response.isCommitted()) {
                response.reset();
                throw failure;
            }
            log.debug("A stream ended", Wordless.of(failure));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendOpenOffers(Agent agent, long until, EventStream out) throws IOException {
        OpenOffers open = new OpenOffers();
        Instant earliest = clock.instant().minus(longestOffer).minus(CLOCKS_DIFFER);
        history.read(agent.id(), new Start.Since(earliest), until, open);
        for (Told offer : open.inOrder()) {
            out.event(offer);
        }
    }

    private static long offset(String lastEventId) {
        try {
            long offset = Long.parseLong(lastEventId);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException _) {
            // Said below, as for a negative one.
        }
        throw AgentProblems.unknownEvent();
    }
}
