package io.microplatform.user;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One e-mail address in several spellings: {@code *} stands for what makes it unique.
 */
@ServiceTest
class EmailSpellingTests {

	private final UserClient users;

	private final JdbcClient jdbc;

	EmailSpellingTests(@LocalServerPort int port, JdbcClient jdbc) {
		this.users = new UserClient(port);
		this.jdbc = jdbc;
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "j\u00fcrgen*@example.org, ju\u0308rgen*@example.org",
			"J\u00dcRGEN*@EXAMPLE.ORG, ju\u0308rgen*@example.org",
			"\ud55c\uae00*@example.org, \u1112\u1161\u11ab\u1100\u1173\u11af*@example.org",
			"*\u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2@example.org, *\u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3@example.org",
			"*\u03bf\u03c2@example.org, *\u03bf\u03c3@example.org", "stra\u00dfe*@example.org, STRASSE*@example.org",
			"stra\u00dfe*@example.org, STRA\u1e9eE*@example.org", "\u0130*@example.org, i\u0307*@example.org",
			"\u212aelvin*@example.org, kelvin*@example.org", "\ufb01n*@example.org, fin*@example.org",
			"\uff41\uff44\uff41*@example.org, ada*@example.org", "ada*@b\u00fccher.example, ada*@xn--bcher-kva.example",
			"ada*@b\u00fccher.example, ada*@XN--BCHER-KVA.Example",
			"ada*@xn--bcher-kva.example, ada*@BU\u0308CHER.example",
			"ada*@stra\u00dfe.example, ada*@xn--strae-oqa.example",
			"ada*@\u4f8b\u3048.\u30c6\u30b9\u30c8, ada*@\u4f8b\u3048\u3002xn--zckzah",
			"ada*@example.org, `\"ada*\"@example.org`" })
	void isOneAccount(String first, String second) {
		String mark = UUID.randomUUID().toString();
		String email = first.replace("*", mark);
		String other = second.replace("*", mark);
		Answer registered = register(email);
		assertThat(registered.status()).isEqualTo(201);
		assertThat(registered.body().get("email").asString()).isEqualTo(email);
		assertThat(register(other).status()).isEqualTo(409);
		assertThat(login(other)).isEqualTo(200);
		assertThat(found(other)).containsExactly(registered.body().get("id").asLong());
	}

	@ParameterizedTest
	@ValueSource(strings = { "ada%s@example.org.", "a\u200bda%s@example.org", "ada%s@exam\u00adple.org",
			"\ufeffada%s@example.org", "ada%s\u3164@example.org" })
	void isFoundHoweverItIsTyped(String spelling) {
		String mark = UUID.randomUUID().toString();
		long id = register("ada" + mark + "@example.org").body().get("id").asLong();
		assertThat(login(spelling.formatted(mark))).isEqualTo(200);
		assertThat(found(spelling.formatted(mark))).containsExactly(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u200bda", "a\u200cda", "a\u00adda", "\ufeffada", "\u202eada", "ada\u2066", "ada\ufe0f",
			"ada\u034f", "ada\u3164", "a\u00a0da", "ada\ue000" })
	void invisibleCharactersAreRefusedInLocalPartAndDomain(String text) {
		for (String email : List.of(text + UUID.randomUUID() + "@example.org",
				UUID.randomUUID() + "@" + text + ".org")) {
			Answer answer = register(email);
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.body().get("errors")).extracting((error) -> error.get("field").asString())
				.contains("email");
		}
	}

	@ParameterizedTest
	@CsvSource({ "i*@example.org, \u0131*@example.org", "a*@example.org, \u00e4*@example.org",
			"a*@b\u00fccher.example, a*@bucher.example", "a*@xn--bcher-kva.example, a*@xn--bcher-kvb.example",
			"a*@example.org, \u0430*@example.org" })
	void otherAddressesAreOtherAccounts(String first, String second) {
		String mark = UUID.randomUUID().toString();
		assertThat(register(first.replace("*", mark)).status()).isEqualTo(201);
		assertThat(register(second.replace("*", mark)).status()).isEqualTo(201);
	}

	@Test
	void ofRegistrationsAtOnceInTwoSpellingsOneSucceeds() throws Exception {
		String mark = UUID.randomUUID().toString();
		List<String> spellings = List.of("j\u00fcrgen" + mark + "@example.org", "ju\u0308rgen" + mark + "@example.org");
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> answers = threads.invokeAll(IntStream.range(0, 8)
				.<Callable<Integer>>mapToObj((i) -> () -> register(spellings.get(i % 2)).status())
				.toList());
			assertThat(answers).extracting(Future::get).containsOnlyOnce(201).containsOnly(201, 409);
		}
	}

	@Test
	void theReleaseBeforeOpensNoSecondAccount() {
		String mark = UUID.randomUUID().toString();
		insertLikeTheReleaseBefore("J\u00fcrgen" + mark + "@example.org");
		assertThat(register("ju\u0308rgen" + mark + "@example.org").status()).isEqualTo(409);
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> insertLikeTheReleaseBefore("ju\u0308rgen" + mark + "@example.org"));
	}

	@Test
	void anAddressThatAnOperatorChangesIsFound() {
		String mark = UUID.randomUUID().toString();
		long id = register("j\u00fcrgen" + mark + "@example.org").body().get("id").asLong();
		this.jdbc.sql("update users set email = :email, email_key = :email where id = :id")
			.param("email", "\u03bf\u03c2" + mark + "@example.org")
			.param("id", id)
			.update();
		assertThat(login("\u039f\u03a3" + mark + "@example.org")).isEqualTo(200);
		assertThat(register("j\u00fcrgen" + mark + "@example.org").status()).isEqualTo(201);
	}

	/** An account of before is found by what was its key then, in any version of it. */
	@Test
	void whatHasTheSameLowerCaseOrNormalFormHasTheSameIdentity() {
		assertSameIdentity((text) -> text.toLowerCase(Locale.ROOT));
		assertSameIdentity((text) -> Normalizer.normalize(text, Normalizer.Form.NFC));
		assertSameIdentity((text) -> Normalizer.normalize(text, Normalizer.Form.NFD));
	}

	@Test
	void whatIsNoAddressHasAnIdentityToo() {
		assertThat(this.jdbc.sql("select identity_of_email(email) from unnest(:emails::text[]) email")
			.param("emails",
					new String[] { "", "@", "ada", "a@", "a@xn--", "a@xn---", "a@xn--ada-", "a@xn--99999999999",
							"a@xn--" + "z".repeat(900), "a@." })
			.query(String.class)
			.list()).hasSize(10).doesNotContain("ada@ada");
	}

	private void assertSameIdentity(UnaryOperator<String> form) {
		List<String> texts = new ArrayList<>();
		List<String> forms = new ArrayList<>();
		IntStream.rangeClosed(' ', Character.MAX_CODE_POINT)
			.filter((c) -> Character.isDefined(c) && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
			.mapToObj((c) -> "a" + Character.toString(c) + "@b")
			.filter((text) -> !form.apply(text).equals(text))
			.forEach((text) -> {
				texts.add(text);
				forms.add(form.apply(text));
			});
		assertThat(texts).hasSizeGreaterThan(1000);
		assertThat(this.jdbc.sql("""
				select text from unnest(:texts::text[], :forms::text[]) spellings (text, form)
				where identity_of_email(text) <> identity_of_email(form)""")
			.param("texts", texts.toArray(String[]::new))
			.param("forms", forms.toArray(String[]::new))
			.query(String.class)
			.list()).isEmpty();
	}

	private void insertLikeTheReleaseBefore(String email) {
		this.jdbc.sql("""
				insert into users (name, email, email_key, password_hash, credit_limit, credit_available, created_at)
				values ('Ada', :email, :key, '{noop}x', 0, 0, now())""")
			.param("email", email)
			.param("key", email.toLowerCase(Locale.ROOT))
			.update();
	}

	private Answer register(String email) {
		return this.users.register(email, UserClient.PASSWORD);
	}

	private int login(String email) {
		return this.users.login(email, UserClient.PASSWORD).status();
	}

	private List<Long> found(String email) {
		return this.users
			.get("/users?email=" + URLEncoder.encode(email, StandardCharsets.UTF_8), this.users.administrator())
			.body()
			.get("items")
			.valueStream()
			.map((item) -> item.get("id").asLong())
			.toList();
	}

}
