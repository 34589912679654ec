package io.microplatform.order;

import java.net.URI;

import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.security.CurrentUser;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/orders", produces = MediaType.APPLICATION_JSON_VALUE)
class OrderController {

	private final Orders orders;

	OrderController(Orders orders) {
		this.orders = orders;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<OrderView> place(@RequestBody @Valid PlaceOrder request, CurrentUser caller) {
		OrderView order = OrderView.of(this.orders.place(caller.id(), request));
		return ResponseEntity.created(URI.create("/orders/" + order.id())).body(order);
	}

	@GetMapping("/{id}")
	OrderView order(@PathVariable long id, CurrentUser caller) {
		return this.orders.find(id, caller.id())
			.map(OrderView::of)
			.orElseThrow(() -> ProblemException.notFound("order"));
	}

	@GetMapping
	OrderPage list(@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
			@RequestParam(required = false) @Nullable String cursor, CurrentUser caller) {
		return OrderPage.of(this.orders.newest(caller.id(), Cursor.parse(cursor).before(), limit + 1), limit);
	}

}
