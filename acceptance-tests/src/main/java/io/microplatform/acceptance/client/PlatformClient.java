package io.microplatform.acceptance.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A client of the platform through its gateway. Every call returns what came back,
 * whatever its status; a gateway that does not answer within 15 seconds is an
 * {@link UncheckedIOException}. Immutable and thread-safe.
 */
public final class PlatformClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private final HttpClient http;

	private final Entrance entrance;

	private final @Nullable Supplier<String> token;

	private final Patience patience;

	private PlatformClient(HttpClient http, Entrance entrance, @Nullable Supplier<String> token, Patience patience) {
		this.http = http;
		this.entrance = entrance;
		this.token = token;
		this.patience = patience;
	}

	/**
	 * A client without a token.
	 * @param gateway the gateway's base URL
	 * @return the client
	 */
	public static PlatformClient of(URI gateway) {
		return of(Entrance.of(gateway));
	}

	/**
	 * A client without a token, of a platform that may have several gateways.
	 * @param entrance leads to them
	 * @return the client
	 */
	public static PlatformClient of(Entrance entrance) {
		HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
		return new PlatformClient(http, entrance, null, new Patience(Duration.ZERO));
	}

	/**
	 * The same client with an access token.
	 * @param accessToken the token, sent with every call
	 * @return the client
	 */
	public PlatformClient withToken(String accessToken) {
		return withToken(() -> accessToken);
	}

	/**
	 * The same client with the access tokens of somebody who stays logged in.
	 * @param tokens asked for one before every call, such as a {@link Session}
	 * @return the client
	 */
	public PlatformClient withToken(Supplier<String> tokens) {
		return new PlatformClient(this.http, this.entrance, tokens, this.patience);
	}

	/**
	 * The same client, which asks again where that does no harm: when it reads, and when
	 * its request has an {@code Idempotency-Key}.
	 * @param with how patiently
	 * @return the client
	 */
	public PlatformClient withPatience(Patience with) {
		return new PlatformClient(this.http, this.entrance, this.token, with);
	}

	/**
	 * {@code POST /users}.
	 * @param name the name
	 * @param email the e-mail address
	 * @param password the password
	 * @return the reply, a {@link User} when 201
	 */
	public Reply register(String name, String email, String password) {
		return post("/users", Reply.JSON.writeValueAsString(new Registration(name, email, password)));
	}

	/**
	 * {@code POST /login}.
	 * @param email the e-mail address
	 * @param password the password
	 * @return the reply, an {@link AccessToken} when 200
	 */
	public Reply login(String email, String password) {
		return post("/login", Reply.JSON.writeValueAsString(new Credentials(email, password)));
	}

	/**
	 * {@code GET /users/me}.
	 * @return the reply, a {@link User} when 200
	 */
	public Reply me() {
		return get("/users/me");
	}

	/**
	 * {@code GET /users/{id}}.
	 * @param id the user's id
	 * @return the reply, a {@link User} when 200
	 */
	public Reply user(long id) {
		return get("/users/" + id);
	}

	/**
	 * {@code POST /orders}.
	 * @param product what is ordered
	 * @param amount what it costs
	 * @return the reply, an {@link Order} when 201
	 */
	public Reply placeOrder(String product, BigDecimal amount) {
		return send(newOrder(product, amount));
	}

	/**
	 * {@code POST /orders} with an {@code Idempotency-Key}.
	 * @param product what is ordered
	 * @param amount what it costs
	 * @param key the key
	 * @return the reply, an {@link Order} when 201
	 */
	public Reply placeOrder(String product, BigDecimal amount, String key) {
		return send(newOrder(product, amount).header(IDEMPOTENCY_KEY, key));
	}

	/**
	 * {@code POST /orders/{id}/cancel} with an {@code Idempotency-Key}.
	 * @param id the order's id
	 * @param key the key
	 * @return the reply, an {@link Order} when 200
	 */
	public Reply cancelOrder(long id, String key) {
		return send(cancellation(id).header(IDEMPOTENCY_KEY, key));
	}

	/**
	 * {@code GET /orders/{id}}.
	 * @param id the order's id
	 * @return the reply, an {@link Order} when 200
	 */
	public Reply order(long id) {
		return get("/orders/" + id);
	}

	/**
	 * {@code POST /orders/{id}/cancel}.
	 * @param id the order's id
	 * @return the reply, an {@link Order} when 200
	 */
	public Reply cancelOrder(long id) {
		return send(cancellation(id));
	}

	/**
	 * {@code GET /orders}.
	 * @param query the query as it goes out, as in {@code limit=2&cursor=…}; may be empty
	 * @return the reply, an {@link OrdersPage} when 200
	 */
	public Reply orders(String query) {
		return get(query.isEmpty() ? "/orders" : "/orders?" + query);
	}

	/**
	 * {@code GET} of any path.
	 * @param path the path, with its query
	 * @return the reply
	 */
	public Reply get(String path) {
		return send(request(path).GET());
	}

	/**
	 * {@code POST} of a text that is called JSON, whatever it is.
	 * @param path the path
	 * @param body the text
	 * @return the reply
	 */
	public Reply post(String path, String body) {
		return send(posting(path, body));
	}

	private HttpRequest.Builder newOrder(String product, BigDecimal amount) {
		return posting("/orders", Reply.JSON.writeValueAsString(new NewOrder(product, amount)));
	}

	private HttpRequest.Builder cancellation(long id) {
		return request(String.format(Locale.ROOT, "/orders/%d/cancel", id)).POST(BodyPublishers.noBody());
	}

	private HttpRequest.Builder posting(String path, String body) {
		return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
	}

	/**
	 * The beginning of a request with this client's token.
	 * @param path the path, with its query
	 * @return the request, to be finished
	 */
	public HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.entrance.next() + path)).timeout(TIMEOUT);
		return (this.token != null) ? request.header("Authorization", "Bearer " + this.token.get()) : request;
	}

	/**
	 * Sends a request.
	 * @param request the request
	 * @return the reply
	 */
	public Reply send(HttpRequest.Builder request) {
		HttpRequest built = request.build();
		boolean mayBeRepeated = built.method().equals("GET") || built.headers().map().containsKey(IDEMPOTENCY_KEY);
		return mayBeRepeated ? this.patience.exchange(() -> sendAnywhere(built)) : send(built);
	}

	/** To another gateway if there is one and the first does not answer. */
	private Reply sendAnywhere(HttpRequest request) {
		try {
			return send(request);
		}
		catch (UncheckedIOException ex) {
			URI silent = URI.create(request.uri().getScheme() + "://" + request.uri().getAuthority());
			String path = request.uri().toString().substring(silent.toString().length());
			URI other = this.entrance.insteadOf(silent).orElseThrow(() -> ex);
			return send(HttpRequest.newBuilder(request, (name, value) -> true).uri(URI.create(other + path)).build());
		}
	}

	private Reply send(HttpRequest request) {
		try {
			HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
			return new Reply(response.statusCode(), response.headers(), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no answer from " + request.uri() + ": " + ex, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for " + request.uri(), ex);
		}
	}

	private record Registration(String name, String email, String password) {
	}

	private record Credentials(String email, String password) {
	}

	private record NewOrder(String product, BigDecimal amount) {
	}

}
