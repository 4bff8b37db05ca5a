package guichet.localstack.traffic;

import guichet.events.Channel;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a customer writes.
 *
 * @param topic as named in the support policy
 * @param text in the customer's language
 */
record Request(String topic, String text) {

    private static final Map<Tongue, List<Request>> CHATS =
            Map.of(
                    Tongue.EN,
                    List.of(
                            new Request("site-editor", "How do I add a second menu to my page?"),
                            new Request("account", "Where can I change the e-mail I log in with?"),
                            new Request("product-features", "Can the gallery show captions?"),
                            new Request("team-features", "How do I let a colleague edit one page?"),
                            new Request("new-products", "Is the new booking block in my plan?")),
                    Tongue.PT,
                    List.of(
                            new Request("site-editor", "Como troco a fonte do título da página?"),
                            new Request("account", "Não encontro onde mudar a minha senha."),
                            new Request(
                                    "product-features",
                                    "Dá para repetir a galeria em duas páginas?"),
                            new Request(
                                    "team-features", "Como convido alguém para a minha equipe?")),
                    Tongue.ES,
                    List.of(
                            new Request(
                                    "site-editor", "¿Cómo cambio el color del botón de compra?"),
                            new Request("account", "¿Dónde actualizo los datos de mi cuenta?"),
                            new Request(
                                    "product-features",
                                    "¿Se puede ocultar una sección en el móvil?"),
                            new Request(
                                    "new-products", "¿El bloque de reservas está en mi plan?")));

    private static final Map<Tongue, List<Request>> CALLS =
            Map.of(
                    Tongue.EN,
                    List.of(
                            new Request(
                                    "bug-report", "Visitors see an empty page since an hour ago."),
                            new Request("product-features", "The shop refuses every card today."),
                            new Request("site-editor", "The editor stays blank after the login.")),
                    Tongue.PT,
                    List.of(
                            new Request("bug-report", "O site saiu do ar e os clientes reclamam."),
                            new Request(
                                    "site-editor", "O editor fecha sozinho quando salvo a página."),
                            new Request(
                                    "product-features",
                                    "O formulário não envia mais nenhum pedido.")),
                    Tongue.ES,
                    List.of(
                            new Request(
                                    "bug-report", "La tienda no carga y estamos perdiendo ventas."),
                            new Request("site-editor", "El editor se queda en blanco al abrirlo."),
                            new Request(
                                    "product-features", "Los pagos fallan desde esta mañana.")));

    private static final Map<Tongue, List<Request>> TICKETS =
            Map.of(
                    Tongue.EN,
                    List.of(
                            new Request(
                                    "billing",
                                    "I was charged twice for March; please check both invoices."),
                            new Request(
                                    "bug-report",
                                    "Save a draft, open it on a phone: the header image is gone."),
                            new Request(
                                    "feature-request",
                                    "Please let forms store answers in two folders."),
                            new Request(
                                    "data-security-privacy",
                                    "We need a copy of all data held on our account."),
                            new Request("design-advice", "Which colours would suit a bakery?")),
                    Tongue.PT,
                    List.of(
                            new Request(
                                    "billing",
                                    "A fatura deste mês veio com o valor do plano antigo."),
                            new Request(
                                    "bug-report",
                                    "Ao publicar, as imagens da página inicial somem."),
                            new Request(
                                    "site-transfer",
                                    "Quero passar o site para a conta da minha sócia."),
                            new Request(
                                    "feature-request", "Seria ótimo poder agendar a publicação.")),
                    Tongue.ES,
                    List.of(
                            new Request("billing", "Necesito la factura de febrero con otro NIF."),
                            new Request(
                                    "bug-report",
                                    "El mapa no aparece cuando abro la página de contacto."),
                            new Request(
                                    "site-transfer", "Quiero transferir el sitio a otra cuenta."),
                            new Request(
                                    "legal-advice", "¿Qué texto legal debo poner en mi tienda?")));

    static Request draw(RandomGenerator random, Channel channel, Tongue tongue) {
        Map<Tongue, List<Request>> texts =
                switch (channel) {
                    case WEB -> TICKETS;
                    case CHAT -> CHATS;
                    case PHONE -> CALLS;
                };
        return Randomness.pick(random, texts.getOrDefault(tongue, List.of()));
    }
}
