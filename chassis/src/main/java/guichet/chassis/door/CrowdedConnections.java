package guichet.chassis.door;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.AbstractProtocol;

import java.io.IOException;

/**
 * Closes connections with their answers while nearly as many are open as may be, so that those in
 * line have their turn; else they would wait until somebody who is done thinks of leaving.
 */
final class CrowdedConnections extends ValveBase {

    private final int crowd;

    /**
     * @param most connections that may be open
     */
    CrowdedConnections(int most) {
        super(true);
        this.crowd = most / 4 * 3;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> open
                && open.getConnectionCount() > crowd) {
            response.setHeader("Connection", "close");
        }
        getNext().invoke(request, response);
    }
}
