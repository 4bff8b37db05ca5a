package guichet.chassis.door;

import guichet.policy.Language;

import jakarta.servlet.http.HttpServletRequest;

/** In which language a door speaks to whoever does not say it within the request. */
@FunctionalInterface
public interface DoorLanguage {

    /** The language for that request. */
    Language of(HttpServletRequest request);
}
