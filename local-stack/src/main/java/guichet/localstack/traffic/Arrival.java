package guichet.localstack.traffic;

import guichet.events.Channel;
import guichet.events.Impact;
import guichet.localstack.platform.DemoPerson;

import java.time.Instant;

/**
 * A customer who will come.
 *
 * @param number place in the plan, from 0
 * @param person the plan the customer has bought
 * @param customer stable id of the customer
 * @param request what the customer writes
 * @param handling what an agent will do
 */
record Arrival(
        long number,
        Instant at,
        Tongue tongue,
        Channel channel,
        DemoPerson person,
        String customer,
        Impact impact,
        Request request,
        Handling handling) {}
