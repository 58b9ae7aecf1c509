import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.sparql.core.DatasetDescription;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DynamicDatasets;
import org.apache.jena.system.Txn;
import org.apache.jena.update.UpdateExecutionFactory;
import org.apache.jena.update.UpdateFactory;
import org.apache.jena.update.UpdateRequest;

/**
 * Jena's engine behind the SPARQL Protocol at /sparql and the Graph Store Protocol at /data, on
 * loopback, for tests: Debian packages the engine and not its server. It speaks results in JSON
 * and graphs in N-Triples; each request is one transaction, in memory.
 */
public final class JenaServer {
    private static final Dataset DATA = DatasetFactory.createTxnMem();
    private static final String FORM = "application/x-www-form-urlencoded";

    private record Answer(int code, String type, byte[] body) {
        static Answer told(int code, String why) {
            return new Answer(code, "text/plain", why.getBytes(StandardCharsets.UTF_8));
        }

        static Answer done(int code) {
            return new Answer(code, null, new byte[0]);
        }
    }

    private interface Door {
        Answer open(HttpExchange call) throws IOException;
    }

    private static HttpHandler handler(Door door) {
        return call -> {
            Answer answer;
            try {
                answer = door.open(call);
            } catch (QueryParseException | RiotException error) {
                answer = Answer.told(400, String.valueOf(error.getMessage()));
            } catch (RuntimeException error) {
                answer = Answer.told(500, String.valueOf(error));
            }
            if (answer.type() != null) {
                call.getResponseHeaders().set("Content-Type", answer.type());
            }
            boolean bare = answer.body().length == 0 || call.getRequestMethod().equals("HEAD");
            call.sendResponseHeaders(answer.code(), bare ? -1 : answer.body().length);
            if (!bare) {
                try (OutputStream out = call.getResponseBody()) {
                    out.write(answer.body());
                }
            }
            call.close();
        };
    }

    private static Map<String, List<String>> parameters(String... texts) {
        Map<String, List<String>> found = new HashMap<>();
        for (String text : texts) {
            for (String pair : text == null ? new String[0] : text.split("&")) {
                String[] sides = pair.split("=", 2);
                String value = sides.length > 1 ? sides[1] : "";
                found.computeIfAbsent(decoded(sides[0]), name -> new ArrayList<>())
                    .add(decoded(value));
            }
        }
        return found;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Answer sparql(HttpExchange call) throws IOException {
        String type = call.getRequestHeaders().getFirst("Content-Type");
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean form = type != null && type.startsWith(FORM);
        var given = parameters(call.getRequestURI().getRawQuery(), form ? body : null);
        if (given.containsKey("update")) {
            UpdateRequest update = UpdateFactory.create(given.get("update").get(0));
            Txn.executeWrite(DATA, () -> UpdateExecutionFactory.create(update, DATA).execute());
            return Answer.done(204);
        }
        if (!given.containsKey("query")) {
            return Answer.told(400, "a query or an update is needed");
        }
        Query query = QueryFactory.create(given.get("query").get(0));
        List<String> defaults = given.getOrDefault("default-graph-uri", List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean rows = query.isSelectType() || query.isAskType();
        Txn.executeRead(DATA, () -> {
            try (QueryExecution asked = QueryExecutionFactory.create(query, over(defaults))) {
                if (query.isSelectType()) {
                    ResultSetFormatter.outputAsJSON(out, asked.execSelect());
                } else if (query.isAskType()) {
                    ResultSetFormatter.outputAsJSON(out, asked.execAsk());
                } else {
                    RDFDataMgr.write(out, asked.execConstruct(), Lang.NTRIPLES);
                }
            }
        });
        String told = rows ? "application/sparql-results+json" : "application/n-triples";
        return new Answer(200, told, out.toByteArray());
    }

    private static Dataset over(List<String> defaults) {
        if (defaults.isEmpty()) {
            return DATA;
        }
        DatasetDescription wanted = DatasetDescription.create(defaults, List.of());
        return DatasetFactory.wrap(
            DynamicDatasets.dynamicDataset(wanted, DATA.asDatasetGraph(), false));
    }

    private static Answer graphs(HttpExchange call) throws IOException {
        var given = parameters(call.getRequestURI().getRawQuery());
        if (!given.containsKey("graph")) {
            return Answer.told(400, "a graph is needed");
        }
        Node name = NodeFactory.createURI(given.get("graph").get(0));
        DatasetGraph data = DATA.asDatasetGraph();
        boolean held = Txn.calculateRead(DATA, () -> data.containsGraph(name));
        String method = call.getRequestMethod();
        if (method.equals("PUT") || method.equals("POST")) {
            String type = call.getRequestHeaders().getFirst("Content-Type");
            Lang lang = RDFLanguages.contentTypeToLang(type == null ? "" : type.split(";")[0]);
            if (lang == null) {
                return Answer.told(415, "no syntax is known by that type");
            }
            Txn.executeWrite(DATA, () -> {
                Graph graph = data.getGraph(name);
                if (method.equals("PUT")) {
                    graph.clear();
                }
                RDFParser.source(call.getRequestBody()).lang(lang)
                    .parse(StreamRDFLib.graph(graph));
            });
            return Answer.done(held ? 204 : 201);
        }
        if (!held) {
            return Answer.told(404, "there is no such graph");
        }
        if (method.equals("DELETE")) {
            Txn.executeWrite(DATA, () -> data.removeGraph(name));
            return Answer.done(204);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Txn.executeRead(DATA, () -> RDFDataMgr.write(out, data.getGraph(name), Lang.NTRIPLES));
        return new Answer(200, "application/n-triples", out.toByteArray());
    }

    public static void main(String[] words) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        int port = Integer.parseInt(words[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        server.createContext("/sparql", handler(JenaServer::sparql));
        server.createContext("/data", handler(JenaServer::graphs));
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
    }
}
