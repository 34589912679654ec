package io.microplatform.lab.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
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
 * HTTP client of the public API. Every call returns the response, whatever its status. A
 * call that receives no response within 15 seconds fails with an
 * {@link UncheckedIOException}. Immutable and thread-safe.
 */
public final class PlatformClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private final HttpClient http;

	private final GatewaySelector gateways;

	private final @Nullable Supplier<String> token;

	private final RetryPolicy retryPolicy;

	private PlatformClient(HttpClient http, GatewaySelector gateways, @Nullable Supplier<String> token,
			RetryPolicy retryPolicy) {
		this.http = http;
		this.gateways = gateways;
		this.token = token;
		this.retryPolicy = retryPolicy;
	}

	/**
	 * Creates a client without a token for a platform with a single gateway.
	 * @param gateway the gateway's base URL
	 * @return the client
	 */
	public static PlatformClient of(URI gateway) {
		return of(GatewaySelector.of(gateway));
	}

	/**
	 * Creates a client without a token for a platform with several gateways.
	 * @param gateways selects the gateway for each request
	 * @return the client
	 */
	public static PlatformClient of(GatewaySelector gateways) {
		return new PlatformClient(http().build(), gateways, null, new RetryPolicy(Duration.ZERO));
	}

	private static HttpClient.Builder http() {
		return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
	}

	/**
	 * Returns a client that connects from one of the machine's other addresses.
	 * @param address the address that the gateway sees, such as {@code 127.0.0.2}
	 * @return the client, with connections of its own
	 */
	public PlatformClient withLocalAddress(InetAddress address) {
		return new PlatformClient(http().localAddress(address).build(), this.gateways, this.token, this.retryPolicy);
	}

	/**
	 * Returns a client that sends an access token.
	 * @param accessToken the token to send with every call
	 * @return the client
	 */
	public PlatformClient withToken(String accessToken) {
		return withToken(() -> accessToken);
	}

	/**
	 * Returns a client that obtains an access token before every call.
	 * @param tokens the source of tokens, such as a {@link TokenSource}
	 * @return the client
	 */
	public PlatformClient withToken(Supplier<String> tokens) {
		return new PlatformClient(this.http, this.gateways, tokens, this.retryPolicy);
	}

	/**
	 * Returns a client that retries repeatable requests: {@code GET}, and requests with
	 * an {@code Idempotency-Key}.
	 * @param newPolicy when and for how long to retry
	 * @return the client
	 */
	public PlatformClient withRetryPolicy(RetryPolicy newPolicy) {
		return new PlatformClient(this.http, this.gateways, this.token, newPolicy);
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
	 * @param product the product to order
	 * @param amount the price
	 * @return the reply, an {@link Order} when 201
	 */
	public Reply placeOrder(String product, BigDecimal amount) {
		return send(newOrder(product, amount));
	}

	/**
	 * {@code POST /orders} with an {@code Idempotency-Key}.
	 * @param product the product to order
	 * @param amount the price
	 * @param key the idempotency key
	 * @return the reply, an {@link Order} when 201
	 */
	public Reply placeOrder(String product, BigDecimal amount, String key) {
		return send(newOrder(product, amount).header(IDEMPOTENCY_KEY, key));
	}

	/**
	 * {@code POST /orders/{id}/cancel} with an {@code Idempotency-Key}.
	 * @param id the order's id
	 * @param key the idempotency key
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
	 * @param query the encoded query without the question mark, such as {@code
	 * limit=2&cursor=…}; may be empty
	 * @return the reply, an {@link OrdersPage} when 200
	 */
	public Reply orders(String query) {
		return get(query.isEmpty() ? "/orders" : "/orders?" + query);
	}

	/**
	 * Sends a {@code GET} request to any path.
	 * @param path the path, including the query
	 * @return the reply
	 */
	public Reply get(String path) {
		return send(request(path).GET());
	}

	/**
	 * Sends a {@code POST} request with content type {@code application/json}.
	 * @param path the path
	 * @param body the body; not checked to be JSON
	 * @return the reply
	 */
	public Reply post(String path, String body) {
		return send(newPost(path, body));
	}

	private HttpRequest.Builder newOrder(String product, BigDecimal amount) {
		return newPost("/orders", Reply.JSON.writeValueAsString(new NewOrder(product, amount)));
	}

	private HttpRequest.Builder cancellation(long id) {
		return request(String.format(Locale.ROOT, "/orders/%d/cancel", id)).POST(BodyPublishers.noBody());
	}

	private HttpRequest.Builder newPost(String path, String body) {
		return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
	}

	/**
	 * Starts a request with this client's token.
	 * @param path the path, including the query
	 * @return the request builder
	 */
	public HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.gateways.next() + path)).timeout(TIMEOUT);
		return (this.token != null) ? request.header("Authorization", "Bearer " + this.token.get()) : request;
	}

	/**
	 * Sends a request.
	 * @param request the request
	 * @return the reply
	 */
	public Reply send(HttpRequest.Builder request) {
		HttpRequest built = request.build();
		boolean isRepeatable = built.method().equals("GET") || built.headers().map().containsKey(IDEMPOTENCY_KEY);
		return isRepeatable ? this.retryPolicy.exchange(() -> sendWithFailover(built)) : send(built);
	}

	/** Sends the request again to another gateway if the first one does not respond. */
	private Reply sendWithFailover(HttpRequest request) {
		try {
			return send(request);
		}
		catch (UncheckedIOException ex) {
			URI failed = URI.create(request.uri().getScheme() + "://" + request.uri().getAuthority());
			String path = request.uri().toString().substring(failed.toString().length());
			URI other = this.gateways.alternativeTo(failed).orElseThrow(() -> ex);
			return send(HttpRequest.newBuilder(request, (name, value) -> true).uri(URI.create(other + path)).build());
		}
	}

	private Reply send(HttpRequest request) {
		try {
			HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
			return new Reply(response.statusCode(), response.headers(), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no response from " + request.uri() + ": " + ex, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for the response from " + request.uri(), ex);
		}
	}

	private record Registration(String name, String email, String password) {
	}

	private record Credentials(String email, String password) {
	}

	private record NewOrder(String product, BigDecimal amount) {
	}

}
