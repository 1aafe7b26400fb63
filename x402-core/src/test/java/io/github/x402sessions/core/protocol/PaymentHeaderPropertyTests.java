package io.github.x402sessions.core.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * What holds for every header, tried with random ones. A failure names the seed.
 */
class PaymentHeaderPropertyTests {

	private static final int RUNS = 3000;

	private long seed;

	private Random random;

	@BeforeEach
	void seed() {
		this.seed = new Random().nextLong();
		this.random = new Random(this.seed);
	}

	@Test
	void whatIsWrittenIsReadAgainInEveryAlphabet() {
		for (int i = 0; i < RUNS; i++) {
			PaymentPayload payment = payment();
			String standard = PaymentHeader.encode(payment);
			byte[] json = Base64.getDecoder().decode(standard);
			for (String header : List.of(standard, Base64.getUrlEncoder().encodeToString(json),
					Base64.getEncoder().withoutPadding().encodeToString(json),
					Base64.getUrlEncoder().withoutPadding().encodeToString(json))) {
				assertThat(PaymentHeader.decode(header, PaymentPayload.class, 65536))
					.as("seed %d, run %d", this.seed, i)
					.isEqualTo(payment);
			}
		}
	}

	@Test
	void whatIsBrokenIsMalformedAndNothingElse() {
		for (int i = 0; i < RUNS; i++) {
			StringBuilder header = new StringBuilder(PaymentHeader.encode(payment()));
			for (int change = this.random.nextInt(4); change >= 0; change--) {
				header.setCharAt(this.random.nextInt(header.length()), (char) (32 + this.random.nextInt(224)));
			}
			decode(header.toString(), i);
			byte[] bytes = new byte[this.random.nextInt(200)];
			this.random.nextBytes(bytes);
			decode(Base64.getEncoder().encodeToString(bytes), i);
			decode(new String(bytes, StandardCharsets.ISO_8859_1), i);
		}
	}

	private void decode(String header, int run) {
		try {
			PaymentHeader.decode(header, PaymentPayload.class, 65536);
		}
		catch (MalformedMessageException ex) {
			assertThat(ex.getMessage()).isNotBlank();
		}
		catch (RuntimeException | StackOverflowError ex) {
			fail("seed " + this.seed + ", run " + run + ": " + header, ex);
		}
	}

	private PaymentPayload payment() {
		PaymentRequirements accepted = new PaymentRequirements(text(), text(),
				Long.toString(this.random.nextLong(1L << 62)), text(), text(), 1 + this.random.nextInt(1000), map(2));
		return new PaymentPayload(2, this.random.nextBoolean() ? new ResourceInfo(text(), null, text()) : null,
				accepted, map(3), this.random.nextBoolean() ? map(1) : null);
	}

	private Map<String, @Nullable Object> map(int depth) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			map.put(text(), value(depth - 1));
		}
		return map;
	}

	private @Nullable Object value(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 6 : 4)) {
			case 0 -> text();
			case 1 -> this.random.nextInt();
			case 2 -> this.random.nextBoolean();
			case 3 -> "";
			case 4 -> map(depth);
			default -> {
				List<@Nullable Object> list = new ArrayList<>();
				for (int i = this.random.nextInt(3); i > 0; i--) {
					list.add(value(depth - 1));
				}
				yield list;
			}
		};
	}

	/** Letters of all kinds, never half a surrogate. */
	private String text() {
		StringBuilder text = new StringBuilder("t");
		for (int i = this.random.nextInt(12); i > 0; i--) {
			text.appendCodePoint(switch (this.random.nextInt(4)) {
				case 0 -> this.random.nextInt(32, 127);
				case 1 -> this.random.nextInt(0, 32);
				case 2 -> this.random.nextInt(0x80, 0xd800);
				default -> this.random.nextInt(0x10000, 0x10ffff);
			});
		}
		return text.toString();
	}

}
