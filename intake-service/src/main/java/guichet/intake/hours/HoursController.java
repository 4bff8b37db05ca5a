package guichet.intake.hours;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.Texts;
import guichet.intake.closures.PresentPolicy;
import guichet.policy.Channel;
import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;

/** Opening hours for anyone who asks; the plan asked about need not be one's own. */
@RestController
class HoursController {

    private final PresentPolicy policy;
    private final InstantSource clock;

    HoursController(PresentPolicy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Parameters language (a BCP 47 tag), channel, plan, at (an instant) and zone (the asker's, of
     * the IANA database); each may be left out. Until the announced closures have been read, the
     * policy's own hours.
     */
    @GetMapping("/api/hours")
    LineHours hours(@RequestParam Map<String, String> parameters) {
        Form form = Form.of(parameters);
        String language = form.optional("language", Texts.languageTag());
        Channel channel = form.optional("channel", Texts.oneOf(Channel.class));
        Plan plan = form.optional("plan", Texts.oneOf(Plan.class));
        Instant at = form.optional("at", Texts.instant());
        ZoneId zone = form.optional("zone", Texts.zone());
        SupportPolicy present = policy.asFarAsKnown();
        Line line =
                form.complete(
                        new Line(
                                present.languageOf(language, null).language(),
                                Objects.requireNonNullElse(plan, Plan.BASIC),
                                Objects.requireNonNullElse(channel, Channel.WEB)));
        OpeningHours hours = present.hours(line);
        return LineHours.of(
                line,
                hours,
                Objects.requireNonNullElseGet(at, clock::instant),
                Objects.requireNonNullElse(zone, hours.zone()));
    }
}
