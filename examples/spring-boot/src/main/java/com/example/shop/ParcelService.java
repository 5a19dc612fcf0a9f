package com.example.shop;

import org.springframework.stereotype.Service;

/** Stands for a call over the network; it is Spring's, and an action of Genstore uses it. */
@Service
class ParcelService {
    String book(String order) {
        return "parcel-of-" + order;
    }
}
