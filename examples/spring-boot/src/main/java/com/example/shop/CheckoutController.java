package com.example.shop;

import dev.genstore.resource.Problem;
import dev.genstore.store.Resources;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A request that Spring answers and that writes a resource. */
@RestController
class CheckoutController {
    private final Resources resources;

    CheckoutController(Resources resources) {
        this.resources = resources;
    }

    @PostMapping(
            path = "/checkout",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    byte[] checkout(@RequestBody byte[] basket) {
        return resources.create("orders", basket).json();
    }

    /** What the store refuses, it says in the same form in which Spring does. */
    @ExceptionHandler
    ProblemDetail refused(Problem problem) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.valueOf(problem.type().status()), problem.detail());
    }
}
