package guichet.intake.hours;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.Texts;
import guichet.policy.Channel;
import guichet.policy.Line;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/** Opening hours for anyone who asks; the plan asked about need not be one's own. */
@RestController
class HoursController {

    private final SupportPolicy policy;
    private final InstantSource clock;

    HoursController(SupportPolicy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** Parameters language (a BCP 47 tag), channel, plan and at; each may be left out. */
    @GetMapping("/api/hours")
    LineHours hours(@RequestParam Map<String, String> parameters) {
        Form form = Form.of(parameters);
        String language = form.optional("language", Texts.languageTag());
        Channel channel = form.optional("channel", Texts.oneOf(Channel.class));
        Plan plan = form.optional("plan", Texts.oneOf(Plan.class));
        Instant at = form.optional("at", Texts.instant());
        Line line =
                form.complete(
                        new Line(
                                policy.languageOf(language, null).language(),
                                Objects.requireNonNullElse(plan, Plan.BASIC),
                                Objects.requireNonNullElse(channel, Channel.WEB)));
        return LineHours.of(
                line, policy.hours(line), Objects.requireNonNullElseGet(at, clock::instant));
    }
}
