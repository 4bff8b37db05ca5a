package guichet.chassis.description;

import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may call what of a door: a line of callers, then a line for each endpoint with its method,
 * its path as it is mapped, and the status that each caller gets.
 */
public final class AccessTable {

    /** One caller at one endpoint. */
    public record Cell(String caller, String method, String path, int status) {

        @Override
        public String toString() {
            return "%s, %s %s: %d".formatted(caller, method, path, status);
        }
    }

    private final List<Cell> cells;

    private AccessTable(List<Cell> cells) {
        this.cells = cells;
    }

    public static AccessTable of(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        String[] callers = lines.getFirst().split("\\s+");
        List<Cell> cells = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split("\\s+");
            if (words.length != callers.length + 2) {
                throw new IllegalArgumentException(
                        "%d callers and a method and a path before, not: %s"
                                .formatted(callers.length, line));
            }
            for (int i = 0; i < callers.length; i++) {
                cells.add(new Cell(callers[i], words[0], words[1], Integer.parseInt(words[i + 2])));
            }
        }
        return new AccessTable(cells);
    }

    public Stream<Cell> cells() {
        return cells.stream();
    }

    /** The endpoints it has, as {@code METHOD path}. */
    public Set<String> endpoints() {
        return cells.stream()
                .map(cell -> cell.method() + " " + cell.path())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The endpoints that the service's own controllers have, its error page aside. */
    public static Set<String> mapped(RequestMappingHandlerMapping mapping) {
        Set<String> endpoints = new TreeSet<>();
        mapping.getHandlerMethods()
                .forEach(
                        (RequestMappingInfo info, HandlerMethod handler) -> {
                            if (isOurs(handler)) {
                                for (String path : info.getPatternValues()) {
                                    info.getMethodsCondition().getMethods().stream()
                                            .map(method -> method.name() + " " + path)
                                            .forEach(endpoints::add);
                                }
                            }
                        });
        return endpoints;
    }

    private static boolean isOurs(HandlerMethod handler) {
        String name = handler.getBeanType().getName();
        return name.startsWith("guichet.")
                && Arrays.stream(handler.getBeanType().getInterfaces())
                        .noneMatch(it -> it.getSimpleName().equals("ErrorController"));
    }
}
