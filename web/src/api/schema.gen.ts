// Written by tools/web-client.ts from the API's OpenAPI document.

export interface paths {
    "/api/v1/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell which account is calling */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                accountId: string;
                                /** @enum {string} */
                                kind: "anonymous" | "person";
                                /** @enum {string} */
                                role: "shopper" | "seller" | "ops" | "admin";
                                email: string | null;
                                name: string | null;
                                needsSecondFactor: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Erase the caller
         * @description Name, e-mail, addresses, cart, sessions and whatever anybody wrote about them go, at once and for good. Orders and payments stay for the books, under an id that leads to nobody. A person gives their password once more.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        password?: string;
                    } | null;
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {boolean} */
                                isErased: true;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who works at the desk
         * @description Names for the numbers that the queue, the approvals and the trail tell people by.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                people: {
                                    accountId: string;
                                    name: string;
                                    /** @enum {string} */
                                    role: "shopper" | "seller" | "ops" | "admin";
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a password where there is none
         * @description For who signed in by a mailed link, within a quarter of an hour. Who has one changes it at `/api/auth/change-password`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        password: string;
                    };
                };
            };
            responses: {
                /** @description It worked: this is new. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {boolean} */
                                hasPassword: true;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/people/by-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find a person's account by their e-mail address
         * @description The exact address, upper or lower case.
         */
        get: {
            parameters: {
                query: {
                    email: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                accountId: string;
                                email: string;
                                /** @enum {string} */
                                role: "shopper" | "seller" | "ops" | "admin";
                                isEmailVerified: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/people/{accountId}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a person a role
         * @description In place of the one they had; `shopper` takes it away. Not one's own, so there is always an administrator. A role at the desk wants a verified e-mail address, and holds as two-factor sign-in asks; whoever loses one is signed out everywhere. The same again changes nothing.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    accountId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        role: "shopper" | "seller" | "ops" | "admin";
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                accountId: string;
                                /** @enum {string} */
                                role: "shopper" | "seller" | "ops" | "admin";
                                isNew: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a copy of all that is kept of the caller
         * @description Also of what visitors did who became this account by signing in.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** Format: date-time */
                                exportedAt: string;
                                accountId: string;
                                accounts: unknown[];
                                addresses: unknown[];
                                cart: unknown[];
                                checkouts: unknown[];
                                payments: unknown[];
                                orders: unknown[];
                                holdings: unknown[];
                                sellers: unknown[];
                                shipments: unknown[];
                                manualTasks: unknown[];
                                events: unknown[];
                                mails: unknown[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-in/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description `{email, password}`. Answers the session's cookie and a bearer token, as `token` and in `set-auth-token`. What a visitor's anonymous account holds (cart, orders) becomes the person's.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        password: string;
                        rememberMe?: boolean;
                        /** @description A path of the shop to go on to. */
                        callbackURL?: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @description The bearer token. */
                                token: string | null;
                                user?: {
                                    accountId?: string;
                                    /** @enum {string} */
                                    kind?: "anonymous" | "person";
                                    /** @enum {string} */
                                    role?: "shopper" | "seller" | "ops" | "admin";
                                    email?: string | null;
                                    name?: string | null;
                                    needsSecondFactor?: boolean;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-up/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description `{email, password, name}`. Signs in as well; a visitor's anonymous account becomes part of it.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        password: string;
                        rememberMe?: boolean;
                        /** @description A path of the shop to go on to. */
                        callbackURL?: string;
                        name: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @description The bearer token. */
                                token: string | null;
                                user?: {
                                    accountId?: string;
                                    /** @enum {string} */
                                    kind?: "anonymous" | "person";
                                    /** @enum {string} */
                                    role?: "shopper" | "seller" | "ops" | "admin";
                                    email?: string | null;
                                    name?: string | null;
                                    needsSecondFactor?: boolean;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-in/anonymous": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an anonymous account
         * @description Not needed before adding to the cart, which makes one where there is none.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @description The bearer token. */
                                token: string | null;
                                user?: {
                                    accountId?: string;
                                    /** @enum {string} */
                                    kind?: "anonymous" | "person";
                                    /** @enum {string} */
                                    role?: "shopper" | "seller" | "ops" | "admin";
                                    email?: string | null;
                                    name?: string | null;
                                    needsSecondFactor?: boolean;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-in/magic-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a link that signs in, by mail
         * @description `{email}`. Answers the same whether or not somebody has this address. The link works once, within 15 minutes; people with a second factor get none.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        name?: string;
                        /** @description A path of the shop to go on to. */
                        callbackURL?: string;
                        /** @description A path of the shop to go on to. */
                        newUserCallbackURL?: string;
                        /** @description A path of the shop to go on to. */
                        errorCallbackURL?: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                status: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/magic-link/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign in by a mailed link
         * @description `?token=`, and `callbackURL=`, a path to go on to; with it the answer is a redirect (302), to `errorCallbackURL` with `?error=` where the link is used, over or never was. What a visitor's account holds becomes the person's.
         */
        get: {
            parameters: {
                query: {
                    token: string;
                    /** @description A path of the shop to go on to. */
                    callbackURL?: string;
                    /** @description A path of the shop to go on to. */
                    newUserCallbackURL?: string;
                    /** @description A path of the shop to go on to. */
                    errorCallbackURL?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @description The bearer token. */
                                token: string | null;
                                user?: {
                                    accountId?: string;
                                    /** @enum {string} */
                                    kind?: "anonymous" | "person";
                                    /** @enum {string} */
                                    role?: "shopper" | "seller" | "ops" | "admin";
                                    email?: string | null;
                                    name?: string | null;
                                    needsSecondFactor?: boolean;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this session */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: Record<string, never>;
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/two-factor/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to use a second factor
         * @description `{password}`. Answers what an authenticator app scans, and backup codes. It holds once a code is verified.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        password: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                totpURI: string;
                                backupCodes: string[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/two-factor/verify-totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the second factor
         * @description `{code}`, the six digits. After a sign-in that answered `twoFactorRedirect`, with the cookie it set; or to finish `enable`. Answers a session that has a second factor.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @description The bearer token. */
                                token: string | null;
                                user?: {
                                    accountId?: string;
                                    /** @enum {string} */
                                    kind?: "anonymous" | "person";
                                    /** @enum {string} */
                                    role?: "shopper" | "seller" | "ops" | "admin";
                                    email?: string | null;
                                    name?: string | null;
                                    needsSecondFactor?: boolean;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/two-factor/verify-backup-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show a backup code instead
         * @description `{code}`. Each works once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @description The bearer token. */
                                token: string | null;
                                user?: {
                                    accountId?: string;
                                    /** @enum {string} */
                                    kind?: "anonymous" | "person";
                                    /** @enum {string} */
                                    role?: "shopper" | "seller" | "ops" | "admin";
                                    email?: string | null;
                                    name?: string | null;
                                    needsSecondFactor?: boolean;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/two-factor/generate-backup-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get new backup codes
         * @description `{password}`. The old ones end.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        password: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                backupCodes: string[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/two-factor/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Use no second factor any more
         * @description `{password}`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        password: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: Record<string, never>;
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/get-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell who is signed in
         * @description Prolongs the session. `null` when nobody is signed in.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: unknown;
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/zip/{zip}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look up a ZIP code
         * @description City and state, to fill in a form. `city` may be null, and what people write may differ from it.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what the caller has: 304 where it is still that. */
                    "If-None-Match"?: string;
                };
                path: {
                    zip: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                zip: string;
                                city: string | null;
                                state: string;
                                stateName: string;
                                isServed: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's saved addresses
         * @description The default first.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                addresses: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                    addressId: string;
                                    isDefault: boolean;
                                    /** Format: date-time */
                                    createdAt: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Save an address
         * @description The same address again is brought up to date, not saved twice.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        address1: string;
                        address2?: string | null;
                        city: string;
                        state: string;
                        zip: string;
                        /** @default US */
                        country?: string;
                        phone?: string | null;
                        /** @default false */
                        isDefault?: boolean;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                address: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                    addressId: string;
                                    isDefault: boolean;
                                    /** Format: date-time */
                                    createdAt: string;
                                };
                                correctedAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/{addressId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a saved address
         * @description Where that makes it the same as another one, the two become one; the answer says which.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    addressId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        address1: string;
                        address2?: string | null;
                        city: string;
                        state: string;
                        zip: string;
                        /** @default US */
                        country?: string;
                        phone?: string | null;
                        /** @default false */
                        isDefault?: boolean;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                address: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                    addressId: string;
                                    isDefault: boolean;
                                    /** Format: date-time */
                                    createdAt: string;
                                };
                                correctedAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        /** Forget a saved address */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    addressId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                addresses: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                    addressId: string;
                                    isDefault: boolean;
                                    /** Format: date-time */
                                    createdAt: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/{addressId}/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a saved address the default */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    addressId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                addresses: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                    addressId: string;
                                    isDefault: boolean;
                                    /** Format: date-time */
                                    createdAt: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search products
         * @description Words are looked for in title, brand and category, typing errors forgiven: `correctedQuery` says what was looked for instead. `store` and `category` may be given several times. With `facets=true` also what each filter would leave.
         */
        get: {
            parameters: {
                query?: {
                    query?: string;
                    store?: string | string[];
                    category?: string | string[];
                    department?: "clothing" | "accessories" | "outdoor" | "home" | "toys" | "books";
                    onSale?: "true" | "false";
                    minPriceCents?: number;
                    maxPriceCents?: number;
                    sort?: "relevance" | "price_asc" | "price_desc" | "newest" | "discount";
                    facets?: "true" | "false";
                    limit?: number;
                    offset?: number;
                };
                header?: {
                    /** @description The `ETag` of what the caller has: 304 where it is still that. */
                    "If-None-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                products: {
                                    productId: string;
                                    storeId: string;
                                    storeName: string;
                                    /** @enum {string} */
                                    kind: "physical" | "digital";
                                    title: string;
                                    brand: string | null;
                                    category: string | null;
                                    categoryLabel: string | null;
                                    imageUrl: string | null;
                                    currency: string;
                                    priceCents: number;
                                    priceDisplay: string;
                                    priceMaxCents: number;
                                    originalPriceCents: number | null;
                                    originalPriceDisplay: string | null;
                                    onSale: boolean;
                                    variantCount: number;
                                    onlyVariantId: string | null;
                                    /** @enum {string} */
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                }[];
                                total: number;
                                limit: number;
                                offset: number;
                                correctedQuery: string | null;
                                facets: {
                                    stores: {
                                        storeId: string;
                                        storeName: string;
                                        currency: string;
                                        count: number;
                                    }[];
                                    departments: {
                                        /** @enum {string} */
                                        department: "clothing" | "accessories" | "outdoor" | "home" | "toys" | "books";
                                        label: string;
                                        count: number;
                                    }[];
                                    categories: {
                                        category: string;
                                        label: string;
                                        department: ("clothing" | "accessories" | "outdoor" | "home" | "toys" | "books") | null;
                                        count: number;
                                    }[];
                                    onSaleCount: number;
                                    prices: {
                                        currency: string;
                                        minCents: number;
                                        minDisplay: string;
                                        maxCents: number;
                                        maxDisplay: string;
                                    }[];
                                } | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/products/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a product with its variants */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what the caller has: 304 where it is still that. */
                    "If-None-Match"?: string;
                };
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                storeId: string;
                                storeName: string;
                                returnPolicy: string;
                                /** @enum {string} */
                                kind: "physical" | "digital";
                                title: string;
                                description: string;
                                brand: string | null;
                                category: string | null;
                                categoryLabel: string | null;
                                department: ("clothing" | "accessories" | "outdoor" | "home" | "toys" | "books") | null;
                                imageUrl: string | null;
                                images: {
                                    url: string;
                                    color: string | null;
                                }[];
                                productUrl: string | null;
                                currency: string;
                                editionLimit: number | null;
                                /** Format: date-time */
                                updatedAt: string;
                                variants: {
                                    variantId: string;
                                    size: string | null;
                                    color: string | null;
                                    priceCents: number;
                                    priceDisplay: string;
                                    originalPriceCents: number | null;
                                    originalPriceDisplay: string | null;
                                    imageUrl: string | null;
                                    /** @enum {string} */
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                    availableQuantity: number | null;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/products/{productId}/related": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what else there is beside a product */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                };
                header?: {
                    /** @description The `ETag` of what the caller has: 304 where it is still that. */
                    "If-None-Match"?: string;
                };
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                products: {
                                    productId: string;
                                    storeId: string;
                                    storeName: string;
                                    /** @enum {string} */
                                    kind: "physical" | "digital";
                                    title: string;
                                    brand: string | null;
                                    category: string | null;
                                    categoryLabel: string | null;
                                    imageUrl: string | null;
                                    currency: string;
                                    priceCents: number;
                                    priceDisplay: string;
                                    priceMaxCents: number;
                                    originalPriceCents: number | null;
                                    originalPriceDisplay: string | null;
                                    onSale: boolean;
                                    variantCount: number;
                                    onlyVariantId: string | null;
                                    /** @enum {string} */
                                    availability: "in_stock" | "low_stock" | "out_of_stock";
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the stores that have something on sale
         * @description Retailers before sellers, each kind by name; `kind` leaves the other one out.
         */
        get: {
            parameters: {
                query?: {
                    kind?: "retailer" | "seller";
                    limit?: number;
                    offset?: number;
                };
                header?: {
                    /** @description The `ETag` of what the caller has: 304 where it is still that. */
                    "If-None-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                stores: {
                                    storeId: string;
                                    name: string;
                                    description: string;
                                    /** @enum {string} */
                                    kind: "retailer" | "seller";
                                    currency: string;
                                    homepage: string | null;
                                    returnPolicy: string;
                                    productCount: number;
                                    categories: {
                                        category: string;
                                        label: string;
                                        department: ("clothing" | "accessories" | "outdoor" | "home" | "toys" | "books") | null;
                                    }[];
                                    placement: {
                                        /** @enum {string} */
                                        method: "automatic" | "by_hand";
                                        hoursMax: number | null;
                                    };
                                    delivery: {
                                        optionId: string;
                                        name: string;
                                        amountCents: number;
                                        amountDisplay: string;
                                        perItemCents: number;
                                        perItemDisplay: string;
                                        freeAboveCents: number | null;
                                        freeAboveDisplay: string | null;
                                        daysMin: number;
                                        daysMax: number;
                                    }[];
                                }[];
                                total: number;
                                limit: number;
                                offset: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/stores/{storeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a store */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of what the caller has: 304 where it is still that. */
                    "If-None-Match"?: string;
                };
                path: {
                    storeId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                storeId: string;
                                name: string;
                                description: string;
                                /** @enum {string} */
                                kind: "retailer" | "seller";
                                currency: string;
                                homepage: string | null;
                                returnPolicy: string;
                                productCount: number;
                                categories: {
                                    category: string;
                                    label: string;
                                    department: ("clothing" | "accessories" | "outdoor" | "home" | "toys" | "books") | null;
                                }[];
                                placement: {
                                    /** @enum {string} */
                                    method: "automatic" | "by_hand";
                                    hoursMax: number | null;
                                };
                                delivery: {
                                    optionId: string;
                                    name: string;
                                    amountCents: number;
                                    amountDisplay: string;
                                    perItemCents: number;
                                    perItemDisplay: string;
                                    freeAboveCents: number | null;
                                    freeAboveDisplay: string | null;
                                    daysMin: number;
                                    daysMax: number;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/sitemap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List everything that has a page
         * @description Stores that have something on sale, then products, each in the order of their ids, `limit` of both together; `nextCursor` is the next page's `cursor`, null on the last.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: {
                    /** @description The `ETag` of what the caller has: 304 where it is still that. */
                    "If-None-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                stores: {
                                    storeId: string;
                                }[];
                                products: {
                                    productId: string;
                                    /** Format: date-time */
                                    updatedAt: string;
                                }[];
                                nextCursor: string | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/products/{productId}/delivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Estimate a product's delivery
         * @description Dates and prices of each way its store delivers, if nothing else were bought; with `zip`, whether it does there.
         */
        get: {
            parameters: {
                query?: {
                    variantId?: string;
                    quantity?: number;
                    zip?: string;
                };
                header?: {
                    /** @description The `ETag` of what the caller has: 304 where it is still that. */
                    "If-None-Match"?: string;
                };
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                storeId: string;
                                storeName: string;
                                currency: string;
                                isInstant: boolean;
                                place: {
                                    zip: string;
                                    city: string | null;
                                    state: string;
                                    stateName: string;
                                    isServed: boolean;
                                } | null;
                                isDelivered: boolean;
                                options: {
                                    optionId: string;
                                    name: string;
                                    shippingCents: number;
                                    shippingDisplay: string;
                                    /** Format: date */
                                    deliveryFrom: string;
                                    /** Format: date */
                                    deliveryTo: string;
                                }[];
                                freeShipping: {
                                    optionId: string;
                                    optionName: string;
                                    aboveCents: number;
                                    aboveDisplay: string;
                                    missingCents: number;
                                    missingDisplay: string;
                                    isReached: boolean;
                                } | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add an item
         * @description The same variant again adds to its quantity. A product with several variants needs `variantId`; the refusal lists them. The page that `url` names is read at its store, which must be one of ours; `page_…` codes say why it could not be.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                    /** @description The `ETag` (or the `version`) of what the caller has read: 412 where it has changed since. */
                    "If-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        productId?: string;
                        variantId?: string;
                        /** Format: uri */
                        url?: string;
                        size?: string;
                        color?: string;
                        /** @default 1 */
                        quantity?: number;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                version: number;
                                item: {
                                    itemId: string;
                                    productId: string;
                                    variantId: string;
                                    title: string;
                                    size: string | null;
                                    color: string | null;
                                    quantity: number;
                                    unitPriceCents: number;
                                    unitPriceDisplay: string;
                                    originalPriceCents: number | null;
                                    originalPriceDisplay: string | null;
                                    discountCents: number;
                                    discountDisplay: string;
                                    lineTotalCents: number;
                                    lineTotalDisplay: string;
                                    imageUrl: string | null;
                                    productUrl: string | null;
                                    available: boolean;
                                    unavailableReason: ("discontinued" | "sold_out" | "not_enough" | "already_purchased" | "self_purchase") | null;
                                    availableQuantity: number | null;
                                    quantityMax: number;
                                    priceChanged?: {
                                        fromCents: number;
                                        fromDisplay: string;
                                        toCents: number;
                                        toDisplay: string;
                                    };
                                };
                                summary: {
                                    totalItemCount: number;
                                    lineCount: number;
                                    storeCount: number;
                                    currency: string | null;
                                    subtotalCents: number | null;
                                    subtotalDisplay: string | null;
                                    savingsCents: number | null;
                                    savingsDisplay: string | null;
                                    isMixedCurrency: boolean;
                                    totals: {
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        savingsCents: number;
                                        savingsDisplay: string;
                                    }[];
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart/items/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add many items
         * @description All or none, or with `partial` each that can be. A `url` is one of a page that Muse has read before. Sending the same batch twice in a row changes nothing; with `merge` not even after other changes, for a day.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                    /** @description The `ETag` (or the `version`) of what the caller has read: 412 where it has changed since. */
                    "If-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        items: {
                            productId?: string;
                            variantId?: string;
                            /** Format: uri */
                            url?: string;
                            size?: string;
                            color?: string;
                            /** @default 1 */
                            quantity?: number;
                        }[];
                        /** @default false */
                        partial?: boolean;
                        /** @default false */
                        merge?: boolean;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                version: number;
                                unchanged: boolean;
                                results: {
                                    index: number;
                                    added: boolean;
                                    itemId: string | null;
                                    error: {
                                        code: string;
                                        message: string;
                                        details: {
                                            [key: string]: unknown;
                                        } | null;
                                    } | null;
                                }[];
                                summary: {
                                    totalItemCount: number;
                                    lineCount: number;
                                    storeCount: number;
                                    currency: string | null;
                                    subtotalCents: number | null;
                                    subtotalDisplay: string | null;
                                    savingsCents: number | null;
                                    savingsDisplay: string | null;
                                    isMixedCurrency: boolean;
                                    totals: {
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        savingsCents: number;
                                        savingsDisplay: string;
                                    }[];
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart/items/{itemId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change an item's variant and quantity
         * @description A variant that is in the cart already takes this item's units over; the answer is then that item.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` (or the `version`) of what the caller has read: 412 where it has changed since. */
                    "If-Match"?: string;
                };
                path: {
                    itemId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        variantId?: string;
                        quantity?: number;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                version: number;
                                item: {
                                    itemId: string;
                                    productId: string;
                                    variantId: string;
                                    title: string;
                                    size: string | null;
                                    color: string | null;
                                    quantity: number;
                                    unitPriceCents: number;
                                    unitPriceDisplay: string;
                                    originalPriceCents: number | null;
                                    originalPriceDisplay: string | null;
                                    discountCents: number;
                                    discountDisplay: string;
                                    lineTotalCents: number;
                                    lineTotalDisplay: string;
                                    imageUrl: string | null;
                                    productUrl: string | null;
                                    available: boolean;
                                    unavailableReason: ("discontinued" | "sold_out" | "not_enough" | "already_purchased" | "self_purchase") | null;
                                    availableQuantity: number | null;
                                    quantityMax: number;
                                    priceChanged?: {
                                        fromCents: number;
                                        fromDisplay: string;
                                        toCents: number;
                                        toDisplay: string;
                                    };
                                } | null;
                                summary: {
                                    totalItemCount: number;
                                    lineCount: number;
                                    storeCount: number;
                                    currency: string | null;
                                    subtotalCents: number | null;
                                    subtotalDisplay: string | null;
                                    savingsCents: number | null;
                                    savingsDisplay: string | null;
                                    isMixedCurrency: boolean;
                                    totals: {
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        savingsCents: number;
                                        savingsDisplay: string;
                                    }[];
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        /** Remove an item */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` (or the `version`) of what the caller has read: 412 where it has changed since. */
                    "If-Match"?: string;
                };
                path: {
                    itemId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                version: number;
                                item: {
                                    itemId: string;
                                    productId: string;
                                    variantId: string;
                                    title: string;
                                    size: string | null;
                                    color: string | null;
                                    quantity: number;
                                    unitPriceCents: number;
                                    unitPriceDisplay: string;
                                    originalPriceCents: number | null;
                                    originalPriceDisplay: string | null;
                                    discountCents: number;
                                    discountDisplay: string;
                                    lineTotalCents: number;
                                    lineTotalDisplay: string;
                                    imageUrl: string | null;
                                    productUrl: string | null;
                                    available: boolean;
                                    unavailableReason: ("discontinued" | "sold_out" | "not_enough" | "already_purchased" | "self_purchase") | null;
                                    availableQuantity: number | null;
                                    quantityMax: number;
                                    priceChanged?: {
                                        fromCents: number;
                                        fromDisplay: string;
                                        toCents: number;
                                        toDisplay: string;
                                    };
                                } | null;
                                summary: {
                                    totalItemCount: number;
                                    lineCount: number;
                                    storeCount: number;
                                    currency: string | null;
                                    subtotalCents: number | null;
                                    subtotalDisplay: string | null;
                                    savingsCents: number | null;
                                    savingsDisplay: string | null;
                                    isMixedCurrency: boolean;
                                    totals: {
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        savingsCents: number;
                                        savingsDisplay: string;
                                    }[];
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart/items/{itemId}/quantity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set an item's quantity */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` (or the `version`) of what the caller has read: 412 where it has changed since. */
                    "If-Match"?: string;
                };
                path: {
                    itemId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        quantity: number;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                version: number;
                                item: {
                                    itemId: string;
                                    productId: string;
                                    variantId: string;
                                    title: string;
                                    size: string | null;
                                    color: string | null;
                                    quantity: number;
                                    unitPriceCents: number;
                                    unitPriceDisplay: string;
                                    originalPriceCents: number | null;
                                    originalPriceDisplay: string | null;
                                    discountCents: number;
                                    discountDisplay: string;
                                    lineTotalCents: number;
                                    lineTotalDisplay: string;
                                    imageUrl: string | null;
                                    productUrl: string | null;
                                    available: boolean;
                                    unavailableReason: ("discontinued" | "sold_out" | "not_enough" | "already_purchased" | "self_purchase") | null;
                                    availableQuantity: number | null;
                                    quantityMax: number;
                                    priceChanged?: {
                                        fromCents: number;
                                        fromDisplay: string;
                                        toCents: number;
                                        toDisplay: string;
                                    };
                                } | null;
                                summary: {
                                    totalItemCount: number;
                                    lineCount: number;
                                    storeCount: number;
                                    currency: string | null;
                                    subtotalCents: number | null;
                                    subtotalDisplay: string | null;
                                    savingsCents: number | null;
                                    savingsDisplay: string | null;
                                    isMixedCurrency: boolean;
                                    totals: {
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        savingsCents: number;
                                        savingsDisplay: string;
                                    }[];
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the cart */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                version: number;
                                isGuests: boolean;
                                stores: {
                                    storeId: string;
                                    storeName: string;
                                    /** @enum {string} */
                                    kind: "physical" | "digital";
                                    currency: string;
                                    itemCount: number;
                                    subtotalCents: number;
                                    subtotalDisplay: string;
                                    placement: {
                                        /** @enum {string} */
                                        method: "automatic" | "by_hand";
                                        hoursMax: number | null;
                                    };
                                    items: {
                                        itemId: string;
                                        productId: string;
                                        variantId: string;
                                        title: string;
                                        size: string | null;
                                        color: string | null;
                                        quantity: number;
                                        unitPriceCents: number;
                                        unitPriceDisplay: string;
                                        originalPriceCents: number | null;
                                        originalPriceDisplay: string | null;
                                        discountCents: number;
                                        discountDisplay: string;
                                        lineTotalCents: number;
                                        lineTotalDisplay: string;
                                        imageUrl: string | null;
                                        productUrl: string | null;
                                        available: boolean;
                                        unavailableReason: ("discontinued" | "sold_out" | "not_enough" | "already_purchased" | "self_purchase") | null;
                                        availableQuantity: number | null;
                                        quantityMax: number;
                                        priceChanged?: {
                                            fromCents: number;
                                            fromDisplay: string;
                                            toCents: number;
                                            toDisplay: string;
                                        };
                                    }[];
                                }[];
                                summary: {
                                    totalItemCount: number;
                                    lineCount: number;
                                    storeCount: number;
                                    currency: string | null;
                                    subtotalCents: number | null;
                                    subtotalDisplay: string | null;
                                    savingsCents: number | null;
                                    savingsDisplay: string | null;
                                    isMixedCurrency: boolean;
                                    totals: {
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        savingsCents: number;
                                        savingsDisplay: string;
                                    }[];
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Empty the cart */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` (or the `version`) of what the caller has read: 412 where it has changed since. */
                    "If-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                version: number;
                                summary: {
                                    totalItemCount: number;
                                    lineCount: number;
                                    storeCount: number;
                                    currency: string | null;
                                    subtotalCents: number | null;
                                    subtotalDisplay: string | null;
                                    savingsCents: number | null;
                                    savingsDisplay: string | null;
                                    isMixedCurrency: boolean;
                                    totals: {
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        savingsCents: number;
                                        savingsDisplay: string;
                                    }[];
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart/prices/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge the prices of this moment
         * @description What moved before is not called out any more. The cart's version stays: nothing in it has changed.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                version: number;
                                isGuests: boolean;
                                stores: {
                                    storeId: string;
                                    storeName: string;
                                    /** @enum {string} */
                                    kind: "physical" | "digital";
                                    currency: string;
                                    itemCount: number;
                                    subtotalCents: number;
                                    subtotalDisplay: string;
                                    placement: {
                                        /** @enum {string} */
                                        method: "automatic" | "by_hand";
                                        hoursMax: number | null;
                                    };
                                    items: {
                                        itemId: string;
                                        productId: string;
                                        variantId: string;
                                        title: string;
                                        size: string | null;
                                        color: string | null;
                                        quantity: number;
                                        unitPriceCents: number;
                                        unitPriceDisplay: string;
                                        originalPriceCents: number | null;
                                        originalPriceDisplay: string | null;
                                        discountCents: number;
                                        discountDisplay: string;
                                        lineTotalCents: number;
                                        lineTotalDisplay: string;
                                        imageUrl: string | null;
                                        productUrl: string | null;
                                        available: boolean;
                                        unavailableReason: ("discontinued" | "sold_out" | "not_enough" | "already_purchased" | "self_purchase") | null;
                                        availableQuantity: number | null;
                                        quantityMax: number;
                                        priceChanged?: {
                                            fromCents: number;
                                            fromDisplay: string;
                                            toCents: number;
                                            toDisplay: string;
                                        };
                                    }[];
                                }[];
                                summary: {
                                    totalItemCount: number;
                                    lineCount: number;
                                    storeCount: number;
                                    currency: string | null;
                                    subtotalCents: number | null;
                                    subtotalDisplay: string | null;
                                    savingsCents: number | null;
                                    savingsDisplay: string | null;
                                    isMixedCurrency: boolean;
                                    totals: {
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        savingsCents: number;
                                        savingsDisplay: string;
                                    }[];
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart/items/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask whether a product is in the cart */
        get: {
            parameters: {
                query: {
                    productId: string;
                    variantId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                inCart: boolean;
                                itemId?: string;
                                quantity?: number;
                                version: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read counts and totals
         * @description With `zip` an estimate of shipping and tax, before any address is given, and how each store delivers: dates, prices, and what is missing until delivery is free. The latter with `delivery=true` alone too.
         */
        get: {
            parameters: {
                query?: {
                    zip?: string;
                    delivery?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                version: number;
                                summary: {
                                    totalItemCount: number;
                                    lineCount: number;
                                    storeCount: number;
                                    currency: string | null;
                                    subtotalCents: number | null;
                                    subtotalDisplay: string | null;
                                    savingsCents: number | null;
                                    savingsDisplay: string | null;
                                    isMixedCurrency: boolean;
                                    totals: {
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        savingsCents: number;
                                        savingsDisplay: string;
                                    }[];
                                };
                                delivery: {
                                    storeId: string;
                                    storeName: string;
                                    currency: string;
                                    options: {
                                        optionId: string;
                                        name: string;
                                        shippingCents: number;
                                        shippingDisplay: string;
                                        /** Format: date */
                                        deliveryFrom: string;
                                        /** Format: date */
                                        deliveryTo: string;
                                    }[];
                                    freeShipping: {
                                        optionId: string;
                                        optionName: string;
                                        aboveCents: number;
                                        aboveDisplay: string;
                                        missingCents: number;
                                        missingDisplay: string;
                                        isReached: boolean;
                                    } | null;
                                }[] | null;
                                estimate: {
                                    /** @enum {boolean} */
                                    isEstimate: true;
                                    zip: string;
                                    state: string;
                                    currency: string;
                                    shippingCents: number;
                                    shippingDisplay: string;
                                    taxCents: number;
                                    taxDisplay: string;
                                    totalCents: number;
                                    totalDisplay: string;
                                    stores: {
                                        storeId: string;
                                        shippingOptionId: string | null;
                                        shippingOptionName: string | null;
                                        shippingCents: number;
                                        shippingDisplay: string;
                                        taxCents: number;
                                        taxDisplay: string;
                                        deliveryFrom: string | null;
                                        deliveryTo: string | null;
                                    }[];
                                } | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a checkout page has to know
         * @description The payment provider and its publishable key, and what can be paid in. The same for everybody.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {string} */
                                provider: "stripe";
                                publishableKey: string;
                                tossClientKey: string;
                                /** @enum {string} */
                                mode: "sandbox" | "test" | "live";
                                currencies: {
                                    currency: string;
                                    amountMinCents: number;
                                }[];
                                sessionMinutes: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze the cart into a checkout session
         * @description Prices are locked and stock is held for thirty minutes. The same cart gives the same live session. With `currency`, what of the cart is in it: where there are two, each is checked out by itself, and the rest stays in the cart. With `productIds`, one each of those digital products instead of the cart.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        productIds?: string[];
                        /** @enum {string} */
                        currency?: "USD" | "KRW";
                    } | null;
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sessionId: string;
                                /** @enum {string} */
                                status: "pending" | "processing" | "completed" | "failed" | "expired" | "cancelled";
                                currency: string;
                                cartSnapshot: {
                                    stores: {
                                        storeId: string;
                                        storeName: string;
                                        /** @enum {string} */
                                        kind: "physical" | "digital";
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingOptionId: string | null;
                                        shippingOptions: {
                                            optionId: string;
                                            name: string;
                                            shippingCents: number;
                                            shippingDisplay: string;
                                            /** Format: date */
                                            deliveryFrom: string;
                                            /** Format: date */
                                            deliveryTo: string;
                                        }[];
                                        shippingCents: number | null;
                                        shippingDisplay: string | null;
                                        taxCents: number | null;
                                        taxDisplay: string | null;
                                        discountCents: number;
                                        totalCents: number | null;
                                        totalDisplay: string | null;
                                        returnPolicy: string;
                                        items: {
                                            itemId: string;
                                            productId: string;
                                            variantId: string;
                                            title: string;
                                            size: string | null;
                                            color: string | null;
                                            quantity: number;
                                            unitPriceCents: number;
                                            unitPriceDisplay: string;
                                            originalPriceCents: number | null;
                                            discountCents: number;
                                            lineTotalCents: number;
                                            lineTotalDisplay: string;
                                            imageUrl: string | null;
                                            productUrl: string | null;
                                            /** @enum {boolean} */
                                            available: true;
                                        }[];
                                    }[];
                                    summary: {
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingCents: number;
                                        shippingDisplay: string;
                                        taxCents: number;
                                        taxDisplay: string;
                                        discountCents: number;
                                        discountDisplay: string;
                                        totalCents: number;
                                        totalDisplay: string;
                                        totalItemCount: number;
                                        isFinal: boolean;
                                    };
                                };
                                shippingAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                                email: string | null;
                                needsShipping: boolean;
                                paymentMethodId: string | null;
                                /** @enum {string} */
                                onStoreFailure: "ship_what_you_can" | "all_or_nothing";
                                /** @enum {string} */
                                payment: "unpaid" | "checking" | "action_required" | "awaiting_deposit" | "declined" | "paid" | "refunded";
                                deposit: {
                                    bankCode: string;
                                    bankName: string | null;
                                    accountNumber: string;
                                    holderName: string;
                                    /** Format: date-time */
                                    dueAt: string;
                                    isReverted: boolean;
                                } | null;
                                refundAccount: {
                                    /** @enum {string} */
                                    status: "needed" | "given";
                                    amountCents: number;
                                    amountDisplay: string;
                                    problem: string | null;
                                    bankName: string | null;
                                    lastDigits: string | null;
                                } | null;
                                latePayment: ("honoured" | "refunded") | null;
                                orders: {
                                    orderId: string;
                                    museOrderNumber: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    step: "waiting_for_payment" | "waiting" | "placing" | "checking" | "by_hand" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    placedAt: string | null;
                                    message: string | null;
                                    refund: {
                                        amountCents: number;
                                        amountDisplay: string;
                                        /** @enum {string} */
                                        status: "pending" | "succeeded" | "failed";
                                        /** Format: date-time */
                                        requestedAt: string;
                                        succeededAt: string | null;
                                    } | null;
                                }[];
                                /** Format: date-time */
                                expiresAt: string;
                                secondsLeft: number;
                            };
                            message?: string;
                        };
                    };
                };
                /** @description It worked: this is new. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sessionId: string;
                                /** @enum {string} */
                                status: "pending" | "processing" | "completed" | "failed" | "expired" | "cancelled";
                                currency: string;
                                cartSnapshot: {
                                    stores: {
                                        storeId: string;
                                        storeName: string;
                                        /** @enum {string} */
                                        kind: "physical" | "digital";
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingOptionId: string | null;
                                        shippingOptions: {
                                            optionId: string;
                                            name: string;
                                            shippingCents: number;
                                            shippingDisplay: string;
                                            /** Format: date */
                                            deliveryFrom: string;
                                            /** Format: date */
                                            deliveryTo: string;
                                        }[];
                                        shippingCents: number | null;
                                        shippingDisplay: string | null;
                                        taxCents: number | null;
                                        taxDisplay: string | null;
                                        discountCents: number;
                                        totalCents: number | null;
                                        totalDisplay: string | null;
                                        returnPolicy: string;
                                        items: {
                                            itemId: string;
                                            productId: string;
                                            variantId: string;
                                            title: string;
                                            size: string | null;
                                            color: string | null;
                                            quantity: number;
                                            unitPriceCents: number;
                                            unitPriceDisplay: string;
                                            originalPriceCents: number | null;
                                            discountCents: number;
                                            lineTotalCents: number;
                                            lineTotalDisplay: string;
                                            imageUrl: string | null;
                                            productUrl: string | null;
                                            /** @enum {boolean} */
                                            available: true;
                                        }[];
                                    }[];
                                    summary: {
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingCents: number;
                                        shippingDisplay: string;
                                        taxCents: number;
                                        taxDisplay: string;
                                        discountCents: number;
                                        discountDisplay: string;
                                        totalCents: number;
                                        totalDisplay: string;
                                        totalItemCount: number;
                                        isFinal: boolean;
                                    };
                                };
                                shippingAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                                email: string | null;
                                needsShipping: boolean;
                                paymentMethodId: string | null;
                                /** @enum {string} */
                                onStoreFailure: "ship_what_you_can" | "all_or_nothing";
                                /** @enum {string} */
                                payment: "unpaid" | "checking" | "action_required" | "awaiting_deposit" | "declined" | "paid" | "refunded";
                                deposit: {
                                    bankCode: string;
                                    bankName: string | null;
                                    accountNumber: string;
                                    holderName: string;
                                    /** Format: date-time */
                                    dueAt: string;
                                    isReverted: boolean;
                                } | null;
                                refundAccount: {
                                    /** @enum {string} */
                                    status: "needed" | "given";
                                    amountCents: number;
                                    amountDisplay: string;
                                    problem: string | null;
                                    bankName: string | null;
                                    lastDigits: string | null;
                                } | null;
                                latePayment: ("honoured" | "refunded") | null;
                                orders: {
                                    orderId: string;
                                    museOrderNumber: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    step: "waiting_for_payment" | "waiting" | "placing" | "checking" | "by_hand" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    placedAt: string | null;
                                    message: string | null;
                                    refund: {
                                        amountCents: number;
                                        amountDisplay: string;
                                        /** @enum {string} */
                                        status: "pending" | "succeeded" | "failed";
                                        /** Format: date-time */
                                        requestedAt: string;
                                        succeededAt: string | null;
                                    } | null;
                                }[];
                                /** Format: date-time */
                                expiresAt: string;
                                secondsLeft: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a session */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sessionId: string;
                                /** @enum {string} */
                                status: "pending" | "processing" | "completed" | "failed" | "expired" | "cancelled";
                                currency: string;
                                cartSnapshot: {
                                    stores: {
                                        storeId: string;
                                        storeName: string;
                                        /** @enum {string} */
                                        kind: "physical" | "digital";
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingOptionId: string | null;
                                        shippingOptions: {
                                            optionId: string;
                                            name: string;
                                            shippingCents: number;
                                            shippingDisplay: string;
                                            /** Format: date */
                                            deliveryFrom: string;
                                            /** Format: date */
                                            deliveryTo: string;
                                        }[];
                                        shippingCents: number | null;
                                        shippingDisplay: string | null;
                                        taxCents: number | null;
                                        taxDisplay: string | null;
                                        discountCents: number;
                                        totalCents: number | null;
                                        totalDisplay: string | null;
                                        returnPolicy: string;
                                        items: {
                                            itemId: string;
                                            productId: string;
                                            variantId: string;
                                            title: string;
                                            size: string | null;
                                            color: string | null;
                                            quantity: number;
                                            unitPriceCents: number;
                                            unitPriceDisplay: string;
                                            originalPriceCents: number | null;
                                            discountCents: number;
                                            lineTotalCents: number;
                                            lineTotalDisplay: string;
                                            imageUrl: string | null;
                                            productUrl: string | null;
                                            /** @enum {boolean} */
                                            available: true;
                                        }[];
                                    }[];
                                    summary: {
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingCents: number;
                                        shippingDisplay: string;
                                        taxCents: number;
                                        taxDisplay: string;
                                        discountCents: number;
                                        discountDisplay: string;
                                        totalCents: number;
                                        totalDisplay: string;
                                        totalItemCount: number;
                                        isFinal: boolean;
                                    };
                                };
                                shippingAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                                email: string | null;
                                needsShipping: boolean;
                                paymentMethodId: string | null;
                                /** @enum {string} */
                                onStoreFailure: "ship_what_you_can" | "all_or_nothing";
                                /** @enum {string} */
                                payment: "unpaid" | "checking" | "action_required" | "awaiting_deposit" | "declined" | "paid" | "refunded";
                                deposit: {
                                    bankCode: string;
                                    bankName: string | null;
                                    accountNumber: string;
                                    holderName: string;
                                    /** Format: date-time */
                                    dueAt: string;
                                    isReverted: boolean;
                                } | null;
                                refundAccount: {
                                    /** @enum {string} */
                                    status: "needed" | "given";
                                    amountCents: number;
                                    amountDisplay: string;
                                    problem: string | null;
                                    bankName: string | null;
                                    lastDigits: string | null;
                                } | null;
                                latePayment: ("honoured" | "refunded") | null;
                                orders: {
                                    orderId: string;
                                    museOrderNumber: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    step: "waiting_for_payment" | "waiting" | "placing" | "checking" | "by_hand" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    placedAt: string | null;
                                    message: string | null;
                                    refund: {
                                        amountCents: number;
                                        amountDisplay: string;
                                        /** @enum {string} */
                                        status: "pending" | "succeeded" | "failed";
                                        /** Format: date-time */
                                        requestedAt: string;
                                        succeededAt: string | null;
                                    } | null;
                                }[];
                                /** Format: date-time */
                                expiresAt: string;
                                secondsLeft: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up a session and release what it holds */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sessionId: string;
                                /** @enum {string} */
                                status: "pending" | "processing" | "completed" | "failed" | "expired" | "cancelled";
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}/shipping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say where the parcels go
         * @description Answers the corrected address to accept (send it) or keep (go on), the options per store and the new totals.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        address1: string;
                        address2?: string | null;
                        city: string;
                        state: string;
                        zip: string;
                        country: string;
                        phone?: string | null;
                        email?: string | null;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                session: {
                                    sessionId: string;
                                    /** @enum {string} */
                                    status: "pending" | "processing" | "completed" | "failed" | "expired" | "cancelled";
                                    currency: string;
                                    cartSnapshot: {
                                        stores: {
                                            storeId: string;
                                            storeName: string;
                                            /** @enum {string} */
                                            kind: "physical" | "digital";
                                            currency: string;
                                            itemCount: number;
                                            subtotalCents: number;
                                            subtotalDisplay: string;
                                            shippingOptionId: string | null;
                                            shippingOptions: {
                                                optionId: string;
                                                name: string;
                                                shippingCents: number;
                                                shippingDisplay: string;
                                                /** Format: date */
                                                deliveryFrom: string;
                                                /** Format: date */
                                                deliveryTo: string;
                                            }[];
                                            shippingCents: number | null;
                                            shippingDisplay: string | null;
                                            taxCents: number | null;
                                            taxDisplay: string | null;
                                            discountCents: number;
                                            totalCents: number | null;
                                            totalDisplay: string | null;
                                            returnPolicy: string;
                                            items: {
                                                itemId: string;
                                                productId: string;
                                                variantId: string;
                                                title: string;
                                                size: string | null;
                                                color: string | null;
                                                quantity: number;
                                                unitPriceCents: number;
                                                unitPriceDisplay: string;
                                                originalPriceCents: number | null;
                                                discountCents: number;
                                                lineTotalCents: number;
                                                lineTotalDisplay: string;
                                                imageUrl: string | null;
                                                productUrl: string | null;
                                                /** @enum {boolean} */
                                                available: true;
                                            }[];
                                        }[];
                                        summary: {
                                            subtotalCents: number;
                                            subtotalDisplay: string;
                                            shippingCents: number;
                                            shippingDisplay: string;
                                            taxCents: number;
                                            taxDisplay: string;
                                            discountCents: number;
                                            discountDisplay: string;
                                            totalCents: number;
                                            totalDisplay: string;
                                            totalItemCount: number;
                                            isFinal: boolean;
                                        };
                                    };
                                    shippingAddress: {
                                        name: string;
                                        address1: string;
                                        address2: string | null;
                                        city: string;
                                        state: string;
                                        zip: string;
                                        country: string;
                                        phone: string | null;
                                    } | null;
                                    email: string | null;
                                    needsShipping: boolean;
                                    paymentMethodId: string | null;
                                    /** @enum {string} */
                                    onStoreFailure: "ship_what_you_can" | "all_or_nothing";
                                    /** @enum {string} */
                                    payment: "unpaid" | "checking" | "action_required" | "awaiting_deposit" | "declined" | "paid" | "refunded";
                                    deposit: {
                                        bankCode: string;
                                        bankName: string | null;
                                        accountNumber: string;
                                        holderName: string;
                                        /** Format: date-time */
                                        dueAt: string;
                                        isReverted: boolean;
                                    } | null;
                                    refundAccount: {
                                        /** @enum {string} */
                                        status: "needed" | "given";
                                        amountCents: number;
                                        amountDisplay: string;
                                        problem: string | null;
                                        bankName: string | null;
                                        lastDigits: string | null;
                                    } | null;
                                    latePayment: ("honoured" | "refunded") | null;
                                    orders: {
                                        orderId: string;
                                        museOrderNumber: string;
                                        storeId: string;
                                        storeName: string;
                                        storeOrderNumber: string | null;
                                        /** @enum {string} */
                                        status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                        /** @enum {string} */
                                        step: "waiting_for_payment" | "waiting" | "placing" | "checking" | "by_hand" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                        placedAt: string | null;
                                        message: string | null;
                                        refund: {
                                            amountCents: number;
                                            amountDisplay: string;
                                            /** @enum {string} */
                                            status: "pending" | "succeeded" | "failed";
                                            /** Format: date-time */
                                            requestedAt: string;
                                            succeededAt: string | null;
                                        } | null;
                                    }[];
                                    /** Format: date-time */
                                    expiresAt: string;
                                    secondsLeft: number;
                                };
                                correctedAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}/shipping-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Choose a delivery speed per store */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        choices: {
                            storeId: string;
                            optionId: string;
                        }[];
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sessionId: string;
                                /** @enum {string} */
                                status: "pending" | "processing" | "completed" | "failed" | "expired" | "cancelled";
                                currency: string;
                                cartSnapshot: {
                                    stores: {
                                        storeId: string;
                                        storeName: string;
                                        /** @enum {string} */
                                        kind: "physical" | "digital";
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingOptionId: string | null;
                                        shippingOptions: {
                                            optionId: string;
                                            name: string;
                                            shippingCents: number;
                                            shippingDisplay: string;
                                            /** Format: date */
                                            deliveryFrom: string;
                                            /** Format: date */
                                            deliveryTo: string;
                                        }[];
                                        shippingCents: number | null;
                                        shippingDisplay: string | null;
                                        taxCents: number | null;
                                        taxDisplay: string | null;
                                        discountCents: number;
                                        totalCents: number | null;
                                        totalDisplay: string | null;
                                        returnPolicy: string;
                                        items: {
                                            itemId: string;
                                            productId: string;
                                            variantId: string;
                                            title: string;
                                            size: string | null;
                                            color: string | null;
                                            quantity: number;
                                            unitPriceCents: number;
                                            unitPriceDisplay: string;
                                            originalPriceCents: number | null;
                                            discountCents: number;
                                            lineTotalCents: number;
                                            lineTotalDisplay: string;
                                            imageUrl: string | null;
                                            productUrl: string | null;
                                            /** @enum {boolean} */
                                            available: true;
                                        }[];
                                    }[];
                                    summary: {
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingCents: number;
                                        shippingDisplay: string;
                                        taxCents: number;
                                        taxDisplay: string;
                                        discountCents: number;
                                        discountDisplay: string;
                                        totalCents: number;
                                        totalDisplay: string;
                                        totalItemCount: number;
                                        isFinal: boolean;
                                    };
                                };
                                shippingAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                                email: string | null;
                                needsShipping: boolean;
                                paymentMethodId: string | null;
                                /** @enum {string} */
                                onStoreFailure: "ship_what_you_can" | "all_or_nothing";
                                /** @enum {string} */
                                payment: "unpaid" | "checking" | "action_required" | "awaiting_deposit" | "declined" | "paid" | "refunded";
                                deposit: {
                                    bankCode: string;
                                    bankName: string | null;
                                    accountNumber: string;
                                    holderName: string;
                                    /** Format: date-time */
                                    dueAt: string;
                                    isReverted: boolean;
                                } | null;
                                refundAccount: {
                                    /** @enum {string} */
                                    status: "needed" | "given";
                                    amountCents: number;
                                    amountDisplay: string;
                                    problem: string | null;
                                    bankName: string | null;
                                    lastDigits: string | null;
                                } | null;
                                latePayment: ("honoured" | "refunded") | null;
                                orders: {
                                    orderId: string;
                                    museOrderNumber: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    step: "waiting_for_payment" | "waiting" | "placing" | "checking" | "by_hand" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    placedAt: string | null;
                                    message: string | null;
                                    refund: {
                                        amountCents: number;
                                        amountDisplay: string;
                                        /** @enum {string} */
                                        status: "pending" | "succeeded" | "failed";
                                        /** Format: date-time */
                                        requestedAt: string;
                                        succeededAt: string | null;
                                    } | null;
                                }[];
                                /** Format: date-time */
                                expiresAt: string;
                                secondsLeft: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Correct the e-mail address of a checkout
         * @description Before the purchase and after it, until everything has been delivered or has ended. What is sent from then on goes to the new address.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sessionId: string;
                                email: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}/payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Name the payment method, and what happens when a store fails */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        paymentMethodId?: string;
                        /** @enum {string} */
                        onStoreFailure?: "ship_what_you_can" | "all_or_nothing";
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sessionId: string;
                                /** @enum {string} */
                                status: "pending" | "processing" | "completed" | "failed" | "expired" | "cancelled";
                                currency: string;
                                cartSnapshot: {
                                    stores: {
                                        storeId: string;
                                        storeName: string;
                                        /** @enum {string} */
                                        kind: "physical" | "digital";
                                        currency: string;
                                        itemCount: number;
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingOptionId: string | null;
                                        shippingOptions: {
                                            optionId: string;
                                            name: string;
                                            shippingCents: number;
                                            shippingDisplay: string;
                                            /** Format: date */
                                            deliveryFrom: string;
                                            /** Format: date */
                                            deliveryTo: string;
                                        }[];
                                        shippingCents: number | null;
                                        shippingDisplay: string | null;
                                        taxCents: number | null;
                                        taxDisplay: string | null;
                                        discountCents: number;
                                        totalCents: number | null;
                                        totalDisplay: string | null;
                                        returnPolicy: string;
                                        items: {
                                            itemId: string;
                                            productId: string;
                                            variantId: string;
                                            title: string;
                                            size: string | null;
                                            color: string | null;
                                            quantity: number;
                                            unitPriceCents: number;
                                            unitPriceDisplay: string;
                                            originalPriceCents: number | null;
                                            discountCents: number;
                                            lineTotalCents: number;
                                            lineTotalDisplay: string;
                                            imageUrl: string | null;
                                            productUrl: string | null;
                                            /** @enum {boolean} */
                                            available: true;
                                        }[];
                                    }[];
                                    summary: {
                                        subtotalCents: number;
                                        subtotalDisplay: string;
                                        shippingCents: number;
                                        shippingDisplay: string;
                                        taxCents: number;
                                        taxDisplay: string;
                                        discountCents: number;
                                        discountDisplay: string;
                                        totalCents: number;
                                        totalDisplay: string;
                                        totalItemCount: number;
                                        isFinal: boolean;
                                    };
                                };
                                shippingAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                                email: string | null;
                                needsShipping: boolean;
                                paymentMethodId: string | null;
                                /** @enum {string} */
                                onStoreFailure: "ship_what_you_can" | "all_or_nothing";
                                /** @enum {string} */
                                payment: "unpaid" | "checking" | "action_required" | "awaiting_deposit" | "declined" | "paid" | "refunded";
                                deposit: {
                                    bankCode: string;
                                    bankName: string | null;
                                    accountNumber: string;
                                    holderName: string;
                                    /** Format: date-time */
                                    dueAt: string;
                                    isReverted: boolean;
                                } | null;
                                refundAccount: {
                                    /** @enum {string} */
                                    status: "needed" | "given";
                                    amountCents: number;
                                    amountDisplay: string;
                                    problem: string | null;
                                    bankName: string | null;
                                    lastDigits: string | null;
                                } | null;
                                latePayment: ("honoured" | "refunded") | null;
                                orders: {
                                    orderId: string;
                                    museOrderNumber: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    step: "waiting_for_payment" | "waiting" | "placing" | "checking" | "by_hand" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    placedAt: string | null;
                                    message: string | null;
                                    refund: {
                                        amountCents: number;
                                        amountDisplay: string;
                                        /** @enum {string} */
                                        status: "pending" | "succeeded" | "failed";
                                        /** Format: date-time */
                                        requestedAt: string;
                                        succeededAt: string | null;
                                    } | null;
                                }[];
                                /** Format: date-time */
                                expiresAt: string;
                                secondsLeft: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay once and place the order with every store
         * @description Waits up to ten seconds for the stores; what still runs is pending and goes on. Repeating it never charges twice. With `totalCents`, what was on the button, no other total is charged. The same Idempotency-Key is the same press: it is told what that press came to.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        totalCents?: number;
                    } | null;
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                checkoutSessionId: string;
                                /** @enum {string} */
                                payment: "unpaid" | "checking" | "action_required" | "awaiting_deposit" | "declined" | "paid" | "refunded";
                                deposit: {
                                    bankCode: string;
                                    bankName: string | null;
                                    accountNumber: string;
                                    holderName: string;
                                    /** Format: date-time */
                                    dueAt: string;
                                    isReverted: boolean;
                                } | null;
                                orders: {
                                    orderId: string;
                                    museOrderNumber: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    step: "waiting_for_payment" | "waiting" | "placing" | "checking" | "by_hand" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    placedAt: string | null;
                                    message: string | null;
                                    refund: {
                                        amountCents: number;
                                        amountDisplay: string;
                                        /** @enum {string} */
                                        status: "pending" | "succeeded" | "failed";
                                        /** Format: date-time */
                                        requestedAt: string;
                                        succeededAt: string | null;
                                    } | null;
                                }[];
                                summary: {
                                    totalOrders: number;
                                    successfulOrders: number;
                                    pendingOrders: number;
                                    failedOrders: number;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}/toss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a payment in won
         * @description Keeps what is on the button and answers what TossPayments' window is opened with. Nothing is charged; each press may have an order of its own.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                orderId: string;
                                amountCents: number;
                                amountDisplay: string;
                                /** @enum {string} */
                                currency: "KRW";
                                orderName: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/toss/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charge a payment that its payer has agreed to at TossPayments
         * @description Takes what Toss's redirect says. The amount kept when the window was opened decides; another one is refused before Toss is called. Repeating it never charges twice and tells the same outcome.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        paymentKey: string;
                        orderId: string;
                        amount: number;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                checkoutSessionId: string;
                                /** @enum {string} */
                                payment: "unpaid" | "checking" | "action_required" | "awaiting_deposit" | "declined" | "paid" | "refunded";
                                deposit: {
                                    bankCode: string;
                                    bankName: string | null;
                                    accountNumber: string;
                                    holderName: string;
                                    /** Format: date-time */
                                    dueAt: string;
                                    isReverted: boolean;
                                } | null;
                                orders: {
                                    orderId: string;
                                    museOrderNumber: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    step: "waiting_for_payment" | "waiting" | "placing" | "checking" | "by_hand" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    placedAt: string | null;
                                    message: string | null;
                                    refund: {
                                        amountCents: number;
                                        amountDisplay: string;
                                        /** @enum {string} */
                                        status: "pending" | "succeeded" | "failed";
                                        /** Format: date-time */
                                        requestedAt: string;
                                        succeededAt: string | null;
                                    } | null;
                                }[];
                                summary: {
                                    totalOrders: number;
                                    successfulOrders: number;
                                    pendingOrders: number;
                                    failedOrders: number;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the payment and every placement as they happen
         * @description Server-sent events named `session`; each is the whole state after what just happened. With `Last-Event-ID` a state that was seen is not sent again, and 204 says that there will be no more.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The id of the last event that was seen; browsers send it again. */
                    "Last-Event-ID"?: string;
                };
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description There is nothing more to tell. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy one digital product
         * @description Answers its order, and the client secret with which the browser confirms the payment. Asking again gives the same. In won there is no secret: TossPayments' window is opened with `paymentId` as its order id, and `POST /api/payments/toss/confirm` pays.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        productId: string;
                        customerName?: string;
                    };
                };
            };
            responses: {
                /** @description It worked: this is new. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                checkoutSessionId: string;
                                orders: {
                                    orderId: string;
                                    productId: string;
                                    title: string;
                                    seller: {
                                        id: string | null;
                                        name: string;
                                    };
                                    amount: number;
                                    amountDisplay: string;
                                    currency: string;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                }[];
                                paymentId: string;
                                /** @enum {string} */
                                provider: "stripe" | "toss";
                                clientSecret: string | null;
                                amount: number;
                                currency: string;
                                orderId: string;
                                order: {
                                    orderId: string;
                                    productId: string;
                                    title: string;
                                    seller: {
                                        id: string | null;
                                        name: string;
                                    };
                                    amount: number;
                                    amountDisplay: string;
                                    currency: string;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cart/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy digital products together
         * @description One order per product, one payment, which the browser confirms with the client secret. The catalogue's prices count, not those sent. In won `provider` is `toss`: its window is opened with `paymentId` as the order id, and `POST /api/payments/toss/confirm` pays.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        items: ({
                            id: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        customerName?: string;
                    };
                };
            };
            responses: {
                /** @description It worked: this is new. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                checkoutSessionId: string;
                                orders: {
                                    orderId: string;
                                    productId: string;
                                    title: string;
                                    seller: {
                                        id: string | null;
                                        name: string;
                                    };
                                    amount: number;
                                    amountDisplay: string;
                                    currency: string;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                }[];
                                paymentId: string;
                                /** @enum {string} */
                                provider: "stripe" | "toss";
                                clientSecret: string | null;
                                amount: number;
                                currency: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's orders by checkout
         * @description Newest first. What was never paid is not an order, but for one whose transfer is waited for.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                    status?: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                checkoutSessions: {
                                    checkoutSessionId: string;
                                    /** Format: date-time */
                                    checkoutDate: string;
                                    currency: string;
                                    totalCents: number;
                                    totalDisplay: string;
                                    orders: {
                                        museOrderNumber: string;
                                        storeId: string;
                                        storeName: string;
                                        /** @enum {string} */
                                        kind: "physical" | "digital";
                                        totalCents: number;
                                        totalDisplay: string;
                                        /** @enum {string} */
                                        status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                        /** @enum {string} */
                                        paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                        trackingNumber: string | null;
                                        placedAt: string | null;
                                        deliveryFrom: string | null;
                                        deliveryTo: string | null;
                                        refundedCents: number;
                                        refundedDisplay: string;
                                        itemCount: number;
                                        items: {
                                            title: string;
                                            imageUrl: string | null;
                                            quantity: number;
                                        }[];
                                    }[];
                                }[];
                                totalOrders: number;
                                totalCheckoutSessions: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sum up what the caller has bought */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                totalOrders: number;
                                totalSpent: {
                                    currency: string;
                                    totalSpentCents: number;
                                    totalSpentDisplay: string;
                                }[];
                                byStatus: {
                                    [key: string]: number;
                                };
                                stores: {
                                    storeId: string;
                                    storeName: string;
                                    orderCount: number;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                orderId: string;
                                museOrderNumber: string;
                                checkoutSessionId: string;
                                storeId: string;
                                storeName: string;
                                storeOrderNumber: string | null;
                                /** @enum {string} */
                                kind: "physical" | "digital";
                                /** @enum {string} */
                                status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                /** @enum {string} */
                                paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                placementMethod: ("api" | "headless" | "manual" | "digital") | null;
                                reason: string | null;
                                message: string | null;
                                currency: string;
                                subtotalCents: number;
                                subtotalDisplay: string;
                                discountCents: number;
                                discountDisplay: string;
                                shippingCents: number;
                                shippingDisplay: string;
                                taxCents: number;
                                taxDisplay: string;
                                totalCents: number;
                                totalDisplay: string;
                                refundedCents: number;
                                refundedDisplay: string;
                                shippingOptionName: string | null;
                                returnPolicy: string;
                                email: string | null;
                                deliveryFrom: string | null;
                                deliveryTo: string | null;
                                trackingNumber: string | null;
                                carrier: string | null;
                                /** Format: date-time */
                                orderedAt: string;
                                placedAt: string | null;
                                shippingAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                                items: {
                                    lineNo: number;
                                    productId: string;
                                    variantId: string;
                                    title: string;
                                    size: string | null;
                                    color: string | null;
                                    imageUrl: string | null;
                                    productUrl: string | null;
                                    quantity: number;
                                    unitPriceCents: number;
                                    unitPriceDisplay: string;
                                    originalPriceCents: number | null;
                                    originalPriceDisplay: string | null;
                                    lineTotalCents: number;
                                    lineTotalDisplay: string;
                                    discountCents: number;
                                    taxCents: number;
                                    /** @enum {string} */
                                    itemStatus: "pending" | "placed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    refundedQuantity: number;
                                    refundedCents: number;
                                    refundedDisplay: string;
                                    refundableQuantity: number;
                                }[];
                                statusHistory: {
                                    from: ("pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled") | null;
                                    /** @enum {string} */
                                    to: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** Format: date-time */
                                    at: string;
                                }[];
                                shipments: {
                                    carrier: string;
                                    trackingNumber: string;
                                    /** @enum {string} */
                                    status: "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "exception";
                                    lineNos: number[] | null;
                                    estimatedDelivery: string | null;
                                    deliveredAt: string | null;
                                    events: {
                                        /** Format: date-time */
                                        at: string;
                                        /** @enum {string} */
                                        status: "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "exception";
                                        description: string;
                                        location: string | null;
                                    }[];
                                }[];
                                refunds: {
                                    refundId: string;
                                    amountCents: number;
                                    amountDisplay: string;
                                    reason: string;
                                    message: string | null;
                                    /** @enum {string} */
                                    method: "original_payment_method";
                                    /** @enum {string} */
                                    status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
                                    /** Format: date-time */
                                    createdAt: string;
                                    succeededAt: string | null;
                                }[];
                                depositDueAt: string | null;
                                depositRevertedAt: string | null;
                                refundAccount: {
                                    /** @enum {string} */
                                    status: "needed" | "given";
                                    amountCents: number;
                                    amountDisplay: string;
                                    problem: string | null;
                                    bankName: string | null;
                                    lastDigits: string | null;
                                } | null;
                                refundRequest: {
                                    requestId: string;
                                    /** @enum {string} */
                                    status: "open" | "approved" | "declined";
                                    reason: string;
                                    items: {
                                        lineNo: number;
                                        quantity: number;
                                    }[] | null;
                                    /** Format: date-time */
                                    createdAt: string;
                                } | null;
                                cancellation: {
                                    /** Format: date-time */
                                    requestedAt: string;
                                    refusedAt: string | null;
                                } | null;
                                isCancellable: boolean;
                                cancelling: {
                                    isPossible: boolean;
                                    why: ("not_paid" | "shipped" | "delivered" | "ended" | "requested" | "refused_by_store") | null;
                                    message: string | null;
                                };
                                refundRequesting: {
                                    isPossible: boolean;
                                    why: ("not_paid" | "not_placed" | "ended" | "nothing_left" | "requested") | null;
                                    message: string | null;
                                };
                                receipts: {
                                    pdf: string;
                                    html: string;
                                    checkoutPdf: string;
                                    checkoutHtml: string;
                                } | null;
                                access: {
                                    productId: string;
                                    isActive: boolean;
                                    downloadUrl: string;
                                    /** Format: date-time */
                                    grantedAt: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                orderId: string;
                                museOrderNumber: string;
                                checkoutSessionId: string;
                                storeId: string;
                                storeName: string;
                                storeOrderNumber: string | null;
                                /** @enum {string} */
                                kind: "physical" | "digital";
                                /** @enum {string} */
                                status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                /** @enum {string} */
                                paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                placementMethod: ("api" | "headless" | "manual" | "digital") | null;
                                reason: string | null;
                                message: string | null;
                                currency: string;
                                subtotalCents: number;
                                subtotalDisplay: string;
                                discountCents: number;
                                discountDisplay: string;
                                shippingCents: number;
                                shippingDisplay: string;
                                taxCents: number;
                                taxDisplay: string;
                                totalCents: number;
                                totalDisplay: string;
                                refundedCents: number;
                                refundedDisplay: string;
                                shippingOptionName: string | null;
                                returnPolicy: string;
                                email: string | null;
                                deliveryFrom: string | null;
                                deliveryTo: string | null;
                                trackingNumber: string | null;
                                carrier: string | null;
                                /** Format: date-time */
                                orderedAt: string;
                                placedAt: string | null;
                                shippingAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                                items: {
                                    lineNo: number;
                                    productId: string;
                                    variantId: string;
                                    title: string;
                                    size: string | null;
                                    color: string | null;
                                    imageUrl: string | null;
                                    productUrl: string | null;
                                    quantity: number;
                                    unitPriceCents: number;
                                    unitPriceDisplay: string;
                                    originalPriceCents: number | null;
                                    originalPriceDisplay: string | null;
                                    lineTotalCents: number;
                                    lineTotalDisplay: string;
                                    discountCents: number;
                                    taxCents: number;
                                    /** @enum {string} */
                                    itemStatus: "pending" | "placed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    refundedQuantity: number;
                                    refundedCents: number;
                                    refundedDisplay: string;
                                    refundableQuantity: number;
                                }[];
                                statusHistory: {
                                    from: ("pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled") | null;
                                    /** @enum {string} */
                                    to: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** Format: date-time */
                                    at: string;
                                }[];
                                shipments: {
                                    carrier: string;
                                    trackingNumber: string;
                                    /** @enum {string} */
                                    status: "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "exception";
                                    lineNos: number[] | null;
                                    estimatedDelivery: string | null;
                                    deliveredAt: string | null;
                                    events: {
                                        /** Format: date-time */
                                        at: string;
                                        /** @enum {string} */
                                        status: "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "exception";
                                        description: string;
                                        location: string | null;
                                    }[];
                                }[];
                                refunds: {
                                    refundId: string;
                                    amountCents: number;
                                    amountDisplay: string;
                                    reason: string;
                                    message: string | null;
                                    /** @enum {string} */
                                    method: "original_payment_method";
                                    /** @enum {string} */
                                    status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
                                    /** Format: date-time */
                                    createdAt: string;
                                    succeededAt: string | null;
                                }[];
                                depositDueAt: string | null;
                                depositRevertedAt: string | null;
                                refundAccount: {
                                    /** @enum {string} */
                                    status: "needed" | "given";
                                    amountCents: number;
                                    amountDisplay: string;
                                    problem: string | null;
                                    bankName: string | null;
                                    lastDigits: string | null;
                                } | null;
                                refundRequest: {
                                    requestId: string;
                                    /** @enum {string} */
                                    status: "open" | "approved" | "declined";
                                    reason: string;
                                    items: {
                                        lineNo: number;
                                        quantity: number;
                                    }[] | null;
                                    /** Format: date-time */
                                    createdAt: string;
                                } | null;
                                cancellation: {
                                    /** Format: date-time */
                                    requestedAt: string;
                                    refusedAt: string | null;
                                } | null;
                                isCancellable: boolean;
                                cancelling: {
                                    isPossible: boolean;
                                    why: ("not_paid" | "shipped" | "delivered" | "ended" | "requested" | "refused_by_store") | null;
                                    message: string | null;
                                };
                                refundRequesting: {
                                    isPossible: boolean;
                                    why: ("not_paid" | "not_placed" | "ended" | "nothing_left" | "requested") | null;
                                    message: string | null;
                                };
                                receipts: {
                                    pdf: string;
                                    html: string;
                                    checkoutPdf: string;
                                    checkoutHtml: string;
                                } | null;
                                access: {
                                    productId: string;
                                    isActive: boolean;
                                    downloadUrl: string;
                                    /** Format: date-time */
                                    grantedAt: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the orders of one checkout */
        get: {
            parameters: {
                query: {
                    checkoutSessionId: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                orders: {
                                    orderId: string;
                                    museOrderNumber: string;
                                    checkoutSessionId: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    /** @enum {string} */
                                    kind: "physical" | "digital";
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                    placementMethod: ("api" | "headless" | "manual" | "digital") | null;
                                    reason: string | null;
                                    message: string | null;
                                    currency: string;
                                    subtotalCents: number;
                                    subtotalDisplay: string;
                                    discountCents: number;
                                    discountDisplay: string;
                                    shippingCents: number;
                                    shippingDisplay: string;
                                    taxCents: number;
                                    taxDisplay: string;
                                    totalCents: number;
                                    totalDisplay: string;
                                    refundedCents: number;
                                    refundedDisplay: string;
                                    shippingOptionName: string | null;
                                    returnPolicy: string;
                                    email: string | null;
                                    deliveryFrom: string | null;
                                    deliveryTo: string | null;
                                    trackingNumber: string | null;
                                    carrier: string | null;
                                    /** Format: date-time */
                                    orderedAt: string;
                                    placedAt: string | null;
                                    shippingAddress: {
                                        name: string;
                                        address1: string;
                                        address2: string | null;
                                        city: string;
                                        state: string;
                                        zip: string;
                                        country: string;
                                        phone: string | null;
                                    } | null;
                                    items: {
                                        lineNo: number;
                                        productId: string;
                                        variantId: string;
                                        title: string;
                                        size: string | null;
                                        color: string | null;
                                        imageUrl: string | null;
                                        productUrl: string | null;
                                        quantity: number;
                                        unitPriceCents: number;
                                        unitPriceDisplay: string;
                                        originalPriceCents: number | null;
                                        originalPriceDisplay: string | null;
                                        lineTotalCents: number;
                                        lineTotalDisplay: string;
                                        discountCents: number;
                                        taxCents: number;
                                        /** @enum {string} */
                                        itemStatus: "pending" | "placed" | "shipped" | "delivered" | "failed" | "cancelled";
                                        refundedQuantity: number;
                                        refundedCents: number;
                                        refundedDisplay: string;
                                        refundableQuantity: number;
                                    }[];
                                    statusHistory: {
                                        from: ("pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled") | null;
                                        /** @enum {string} */
                                        to: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                        /** Format: date-time */
                                        at: string;
                                    }[];
                                    shipments: {
                                        carrier: string;
                                        trackingNumber: string;
                                        /** @enum {string} */
                                        status: "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "exception";
                                        lineNos: number[] | null;
                                        estimatedDelivery: string | null;
                                        deliveredAt: string | null;
                                        events: {
                                            /** Format: date-time */
                                            at: string;
                                            /** @enum {string} */
                                            status: "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "exception";
                                            description: string;
                                            location: string | null;
                                        }[];
                                    }[];
                                    refunds: {
                                        refundId: string;
                                        amountCents: number;
                                        amountDisplay: string;
                                        reason: string;
                                        message: string | null;
                                        /** @enum {string} */
                                        method: "original_payment_method";
                                        /** @enum {string} */
                                        status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
                                        /** Format: date-time */
                                        createdAt: string;
                                        succeededAt: string | null;
                                    }[];
                                    depositDueAt: string | null;
                                    depositRevertedAt: string | null;
                                    refundAccount: {
                                        /** @enum {string} */
                                        status: "needed" | "given";
                                        amountCents: number;
                                        amountDisplay: string;
                                        problem: string | null;
                                        bankName: string | null;
                                        lastDigits: string | null;
                                    } | null;
                                    refundRequest: {
                                        requestId: string;
                                        /** @enum {string} */
                                        status: "open" | "approved" | "declined";
                                        reason: string;
                                        items: {
                                            lineNo: number;
                                            quantity: number;
                                        }[] | null;
                                        /** Format: date-time */
                                        createdAt: string;
                                    } | null;
                                    cancellation: {
                                        /** Format: date-time */
                                        requestedAt: string;
                                        refusedAt: string | null;
                                    } | null;
                                    isCancellable: boolean;
                                    cancelling: {
                                        isPossible: boolean;
                                        why: ("not_paid" | "shipped" | "delivered" | "ended" | "requested" | "refused_by_store") | null;
                                        message: string | null;
                                    };
                                    refundRequesting: {
                                        isPossible: boolean;
                                        why: ("not_paid" | "not_placed" | "ended" | "nothing_left" | "requested") | null;
                                        message: string | null;
                                    };
                                    receipts: {
                                        pdf: string;
                                        html: string;
                                        checkoutPdf: string;
                                        checkoutHtml: string;
                                    } | null;
                                    access: {
                                        productId: string;
                                        isActive: boolean;
                                        downloadUrl: string;
                                        /** Format: date-time */
                                        grantedAt: string;
                                    }[];
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderNumber}/refund-request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for money back
         * @description People decide about it. One request an order is open at a time; the same again returns that one, another is refused.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        items?: {
                            lineNo: number;
                            quantity?: number;
                        }[];
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                requestId: string;
                                /** @enum {string} */
                                status: "open" | "approved" | "declined";
                                reason: string;
                                items: {
                                    lineNo: number;
                                    quantity: number;
                                }[] | null;
                                /** Format: date-time */
                                createdAt: string;
                            };
                            message?: string;
                        };
                    };
                };
                /** @description It worked: this is new. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                requestId: string;
                                /** @enum {string} */
                                status: "open" | "approved" | "declined";
                                reason: string;
                                items: {
                                    lineNo: number;
                                    quantity: number;
                                }[] | null;
                                /** Format: date-time */
                                createdAt: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderNumber}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a receipt
         * @description PDF, or HTML by Accept or `format=html`. With `session`, one for the whole checkout that the order is of.
         */
        get: {
            parameters: {
                query?: {
                    format?: "pdf" | "html";
                    session?: string;
                };
                header?: never;
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checkout/sessions/{sessionId}/refund-account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name the bank account that a checkout's refunds go into
         * @description For money that was paid into a virtual account: it goes back by no other way. Kept sealed until the refund is through, and never told again but for the last three digits. Naming the same again changes nothing.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        bankCode: string;
                        accountNumber: string;
                        holderName: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {string} */
                                status: "needed" | "given";
                                amountCents: number;
                                amountDisplay: string;
                                problem: string | null;
                                bankName: string | null;
                                lastDigits: string | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/checkouts/{sessionId}/refund-account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Enter the bank account that a shopper's refunds go into
         * @description For those who told it to the house instead. The trail keeps who did, and its last three digits.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        bankCode: string;
                        accountNumber: string;
                        holderName: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {string} */
                                status: "needed" | "given";
                                amountCents: number;
                                amountDisplay: string;
                                problem: string | null;
                                bankName: string | null;
                                lastDigits: string | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/library": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the digital products that the caller owns
         * @description Newest first. What was refunded is not owned any more.
         */
        get: {
            parameters: {
                query?: {
                    productId?: string;
                    orderNumber?: string;
                    limit?: number;
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                items: {
                                    productId: string;
                                    museOrderNumber: string;
                                    title: string;
                                    sellerName: string;
                                    imageUrl: string | null;
                                    /** Format: date-time */
                                    grantedAt: string;
                                    isFrozen: boolean;
                                    downloadCount: number;
                                    files: {
                                        fileId: string;
                                        name: string;
                                        version: number;
                                        contentType: string;
                                        sizeBytes: number;
                                        sha256: string;
                                        /** Format: date-time */
                                        uploadedAt: string;
                                    }[];
                                    waiver: {
                                        /** @enum {string} */
                                        state: "open" | "waived";
                                        version: string | null;
                                        words: string;
                                        waivedAt: string | null;
                                    };
                                    review: {
                                        rating: number;
                                        body: string;
                                        author: string | null;
                                    } | null;
                                }[];
                                totalItems: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/library/{orderNumber}/waiver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give up the right to withdraw, to have the files at once
         * @description The words are kept with the order as they were shown. The first time counts.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        version: "2026-11";
                        /** @enum {string} */
                        language: "en" | "ko";
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {string} */
                                state: "open" | "waived";
                                version: string | null;
                                words: string;
                                waivedAt: string | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask for links to a product's files
         * @description For those who own it. Counted. Each link is good for a quarter of an hour and answers byte ranges.
         */
        get: {
            parameters: {
                query?: {
                    fileId?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                url: string;
                                fileName: string;
                                /** Format: date-time */
                                expiresAt: string;
                                downloadCount: number;
                                files: {
                                    fileId: string;
                                    fileName: string;
                                    sizeBytes: number;
                                    url: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file by its signed link */
        get: {
            parameters: {
                query: {
                    order: string;
                    expires: number;
                    signature: string;
                };
                header?: {
                    /** @description The bytes that are wanted, one range: `bytes=0-1023`. */
                    Range?: string;
                    /** @description The `ETag` of the file that the first part is of. */
                    "If-Range"?: string;
                };
                path: {
                    fileId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                        "text/html": string;
                    };
                };
                /** @description The part of it that was asked for. */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/{id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what owners say of a digital product */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                };
                header?: {
                    /** @description The `ETag` of what the caller has: 304 where it is still that. */
                    "If-None-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                count: number;
                                averageRating: number | null;
                                reviews: {
                                    productId: string;
                                    rating: number;
                                    body: string;
                                    author: string | null;
                                    /** Format: date-time */
                                    writtenAt: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Say how a digital product is
         * @description For those who own it. Saying it again replaces it.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        rating: number;
                        /** @default  */
                        body?: string;
                        /** @default null */
                        author?: string | null;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                rating: number;
                                body: string;
                                author: string | null;
                                /** Format: date-time */
                                writtenAt: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderNumber}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an order back
         * @description At once before it is with the store, and its money goes back. After that the store is asked: 202 `requested`, and the order's status tells what came of it.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                /** @enum {string} */
                                outcome: "cancelled" | "requested";
                                /** @enum {string} */
                                status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                refundedCents: number;
                                currency: string;
                            };
                            message?: string;
                        };
                    };
                };
                /** @description It is taken, and goes on. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                /** @enum {string} */
                                outcome: "cancelled" | "requested";
                                /** @enum {string} */
                                status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                refundedCents: number;
                                currency: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/manual-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the manual queue, oldest deadline first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                    status?: "open" | "claimed" | "placed" | "failed" | "cancelled" | "refused" | "withdrawn";
                    store?: string;
                    claimed?: "true" | "false" | "mine";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                orders: {
                                    museOrderNumber: string;
                                    /** @enum {string} */
                                    task: "place" | "cancel";
                                    /** @enum {string} */
                                    status: "open" | "claimed" | "placed" | "failed" | "cancelled" | "refused" | "withdrawn";
                                    storeId: string;
                                    storeName: string;
                                    why: string;
                                    isOutcomeUnknown: boolean;
                                    isCancelRequested: boolean;
                                    itemCount: number;
                                    totalCents: number;
                                    totalDisplay: string;
                                    currency: string;
                                    /** Format: date-time */
                                    openedAt: string;
                                    /** Format: date-time */
                                    deadlineAt: string;
                                    isOverdue: boolean;
                                    claimedBy: string | null;
                                    claimedUntil: string | null;
                                }[];
                                total: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/manual-orders/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measure the manual queue */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                depth: number;
                                unclaimed: number;
                                overdue: number;
                                oldestAgeSeconds: number;
                                perDay: {
                                    /** Format: date */
                                    day: string;
                                    placed: number;
                                    failed: number;
                                }[];
                                perOperator: {
                                    operator: string;
                                    placed: number;
                                    failed: number;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/manual-orders/{orderNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read all that is needed to place an order, and why it is here */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                /** @enum {string} */
                                task: "place" | "cancel";
                                /** @enum {string} */
                                status: "open" | "claimed" | "placed" | "failed" | "cancelled" | "refused" | "withdrawn";
                                storeId: string;
                                storeName: string;
                                why: string;
                                isOutcomeUnknown: boolean;
                                isCancelRequested: boolean;
                                itemCount: number;
                                totalCents: number;
                                totalDisplay: string;
                                currency: string;
                                /** Format: date-time */
                                openedAt: string;
                                /** Format: date-time */
                                deadlineAt: string;
                                isOverdue: boolean;
                                claimedBy: string | null;
                                claimedUntil: string | null;
                                storeHomepage: string | null;
                                storeOrderNumber: string | null;
                                detail: string | null;
                                contactEmail: string | null;
                                shippingAddress: {
                                    name: string;
                                    address1: string;
                                    address2: string | null;
                                    city: string;
                                    state: string;
                                    zip: string;
                                    country: string;
                                    phone: string | null;
                                } | null;
                                shippingOption: {
                                    optionId: string;
                                    name: string | null;
                                } | null;
                                chargeMaxCents: number;
                                chargeMaxDisplay: string;
                                items: {
                                    lineNo: number;
                                    sku: string;
                                    title: string;
                                    size: string | null;
                                    color: string | null;
                                    quantity: number;
                                    unitPriceCents: number;
                                    productUrl: string | null;
                                }[];
                                attempts: {
                                    attemptId: string;
                                    hasEvidence: boolean;
                                    fence: number;
                                    method: string;
                                    connector: string | null;
                                    status: string;
                                    reason: string | null;
                                    detail: string | null;
                                    lookUps: number;
                                    storeOrderNumber: string | null;
                                    /** Format: date-time */
                                    startedAt: string;
                                    endedAt: string | null;
                                }[];
                                closedAt: string | null;
                                closedBy: string | null;
                                note: string | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/manual-orders/{orderNumber}/instructions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the steps for this store and these items */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                /** @enum {string} */
                                task: "place" | "cancel";
                                steps: {
                                    number: number;
                                    text: string;
                                    link: string | null;
                                    paste: {
                                        label: string;
                                        value: string;
                                    }[];
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/manual-orders/{orderNumber}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim a manual order for fifteen minutes
         * @description Claiming one's own again renews it.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                claimedBy: string;
                                /** Format: date-time */
                                claimedUntil: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/manual-orders/{orderNumber}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a manual order back to the queue */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/manual-orders/{orderNumber}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that the order was placed by hand */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        storeOrderNumber: string;
                        trackingNumber?: string;
                        carrier?: string;
                        paidCents?: number;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                storeOrderNumber: string;
                                warnings: ("price_above_guard" | "surplus" | "tracking_conflict")[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/manual-orders/{orderNumber}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an order up and refund it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        reason: "out_of_stock" | "price_above_guard" | "address_not_served" | "rejected" | "store_closed" | "other";
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                /** @enum {string} */
                                reason: "out_of_stock" | "price_above_guard" | "address_not_served" | "rejected" | "store_closed" | "other";
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/manual-orders/{orderNumber}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note what the store said to a cancellation */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "cancelled" | "refused";
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                /** @enum {string} */
                                outcome: "cancelled" | "refused";
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/orders/{orderNumber}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read every try at an order's store, and what browsers saw
         * @description Steps with their times, pictures with personal fields painted over, an outline of the last page, and a trace that `npx playwright show-trace` opens. Kept for thirty days, and not after its shopper was erased.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                attempts: {
                                    attemptId: string;
                                    fence: number;
                                    method: string;
                                    connector: string | null;
                                    status: string;
                                    reason: string | null;
                                    detail: string | null;
                                    storeOrderNumber: string | null;
                                    /** Format: date-time */
                                    startedAt: string;
                                    submittingAt: string | null;
                                    endedAt: string | null;
                                    evidenceUntil: string | null;
                                    visits: {
                                        visit: string;
                                        kind: string;
                                        connector: string;
                                        /** Format: date-time */
                                        startedAt: string;
                                        outcome: {
                                            kind: string;
                                            reason: string | null;
                                            detail: string | null;
                                        } | null;
                                        steps: {
                                            number: number;
                                            name: string;
                                            /** Format: date-time */
                                            startedAt: string;
                                            ms: number;
                                            /** @enum {string} */
                                            result: "done" | "stopped";
                                            note: string | null;
                                            path: string;
                                            picture: string | null;
                                        }[];
                                        files: string[];
                                    }[];
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/attempts/{attemptId}/evidence/{visit}/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch a picture, an outline or a trace */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    attemptId: string;
                    visit: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/png": string;
                        "application/zip": string;
                        "text/plain": string;
                        "application/json": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderNumber}/tracking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Note a parcel of an order
         * @description By operators, or by the order's store with `Store-Signature: t=<unix s>,v1=<hex HMAC-SHA256 of "<t>.PUT /api/v1/orders/<order number>/tracking.<raw body>">`: the request line is signed as well, so that it is good for this order alone. Moves the order to shipped. An order may have several parcels, up to a hundred; the same one again changes nothing.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description `t=<unix seconds>,v1=<hex HMAC-SHA256>` under the store's secret, over `<t>.` and what is signed. */
                    "Store-Signature"?: string;
                };
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        trackingNumber: string;
                        carrier: string;
                        estimatedDelivery?: (string) | null;
                        lineNos?: number[];
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                museOrderNumber: string;
                                trackingNumber: string;
                                carrier: string;
                                isNew: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read who the caller is as a seller */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sellerId: string;
                                displayName: string;
                                about: string;
                                /** @enum {string} */
                                verificationLevel: "unverified" | "email" | "identity";
                                contractVersion: string;
                                /** Format: date-time */
                                contractAcceptedAt: string;
                                feeBasisPoints: number;
                                suspendedAt: string | null;
                                suspendedReason: string | null;
                                publishedMax: number | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        /**
         * Change how the caller's stores are called and described
         * @description Mail about payouts comes in the language of this request.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        displayName: string;
                        /** @default  */
                        about?: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sellerId: string;
                                displayName: string;
                                about: string;
                                /** @enum {string} */
                                verificationLevel: "unverified" | "email" | "identity";
                                contractVersion: string;
                                /** Format: date-time */
                                contractAcceptedAt: string;
                                feeBasisPoints: number;
                                suspendedAt: string | null;
                                suspendedReason: string | null;
                                publishedMax: number | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        /**
         * Sign up as a seller
         * @description By agreeing to the seller contract of today. Doing it again changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        displayName: string;
                        /** @default  */
                        about?: string;
                        contractVersion: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sellerId: string;
                                displayName: string;
                                about: string;
                                /** @enum {string} */
                                verificationLevel: "unverified" | "email" | "identity";
                                contractVersion: string;
                                /** Format: date-time */
                                contractAcceptedAt: string;
                                feeBasisPoints: number;
                                suspendedAt: string | null;
                                suspendedReason: string | null;
                                publishedMax: number | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what is owed to the caller and what was paid out
         * @description A sale's share can be paid out once it has waited and no bank disputes it. What is refunded after it was paid out is made up for by the next sales.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                standing: {
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    balanceCents: number;
                                    balanceDisplay: string;
                                    heldCents: number;
                                    heldDisplay: string;
                                    availableCents: number;
                                    availableDisplay: string;
                                    onItsWayCents: number;
                                    onItsWayDisplay: string;
                                    nextAt: string | null;
                                }[];
                                payouts: {
                                    payoutId: string;
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    amountCents: number;
                                    amountDisplay: string;
                                    /** @enum {string} */
                                    status: "prepared" | "paid" | "failed";
                                    /** Format: date-time */
                                    preparedAt: string;
                                    reference: string | null;
                                    paidAt: string | null;
                                    failure: ("called_off" | "refused" | "returned") | null;
                                    failedAt: string | null;
                                }[];
                                total: number;
                                holding: {
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    days: number;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/payouts/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download what was booked to the caller in a month
         * @description In one currency: the balance at the month's begin, each line with the balance after it, and that at its end.
         */
        get: {
            parameters: {
                query: {
                    currency: "USD" | "KRW";
                    month: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/sellers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sellers, the newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                    query?: string;
                    level?: "unverified" | "email" | "identity";
                    state?: "selling" | "suspended";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sellers: {
                                    sellerId: string;
                                    displayName: string;
                                    /** @enum {string} */
                                    verificationLevel: "unverified" | "email" | "identity";
                                    suspendedAt: string | null;
                                    contractVersion: string;
                                    /** Format: date-time */
                                    contractAcceptedAt: string;
                                    productsPublished: number;
                                    products: number;
                                    sales: {
                                        /** @enum {string} */
                                        currency: "USD" | "KRW";
                                        count: number;
                                        netCents: number;
                                        netDisplay: string;
                                    }[];
                                }[];
                                total: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/sellers/{sellerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a seller: what they sell, what is owed to them and what was paid out */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sellerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sellerId: string;
                                displayName: string;
                                /** @enum {string} */
                                verificationLevel: "unverified" | "email" | "identity";
                                suspendedAt: string | null;
                                contractVersion: string;
                                /** Format: date-time */
                                contractAcceptedAt: string;
                                productsPublished: number;
                                products: number;
                                sales: {
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    count: number;
                                    netCents: number;
                                    netDisplay: string;
                                }[];
                                about: string;
                                suspendedReason: string | null;
                                standing: {
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    balanceCents: number;
                                    balanceDisplay: string;
                                    heldCents: number;
                                    heldDisplay: string;
                                    availableCents: number;
                                    availableDisplay: string;
                                    onItsWayCents: number;
                                    onItsWayDisplay: string;
                                    nextAt: string | null;
                                }[];
                                payouts: {
                                    payoutId: string;
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    amountCents: number;
                                    amountDisplay: string;
                                    /** @enum {string} */
                                    status: "prepared" | "paid" | "failed";
                                    /** Format: date-time */
                                    preparedAt: string;
                                    reference: string | null;
                                    paidAt: string | null;
                                    failure: ("called_off" | "refused" | "returned") | null;
                                    failedAt: string | null;
                                    sellerId: string;
                                    sellerName: string | null;
                                    needsSecond: boolean;
                                    preparedBy: string;
                                    approvedBy: string | null;
                                    approvedAt: string | null;
                                    isOwn: boolean;
                                }[];
                                catalogue: {
                                    productId: string;
                                    title: string;
                                    /** @enum {string} */
                                    status: "draft" | "published" | "withdrawn";
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    priceCents: number;
                                    priceDisplay: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/sellers/{sellerId}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Note how well Muse knows a seller, and what says so
         * @description Payouts go to `identity` alone. Whoever sells cannot say it of themselves.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    sellerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        verificationLevel: "unverified" | "email" | "identity";
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sellerId: string;
                                displayName: string;
                                /** @enum {string} */
                                verificationLevel: "unverified" | "email" | "identity";
                                suspendedAt: string | null;
                                contractVersion: string;
                                /** Format: date-time */
                                contractAcceptedAt: string;
                                productsPublished: number;
                                products: number;
                                sales: {
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    count: number;
                                    netCents: number;
                                    netDisplay: string;
                                }[];
                                about: string;
                                suspendedReason: string | null;
                                standing: {
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    balanceCents: number;
                                    balanceDisplay: string;
                                    heldCents: number;
                                    heldDisplay: string;
                                    availableCents: number;
                                    availableDisplay: string;
                                    onItsWayCents: number;
                                    onItsWayDisplay: string;
                                    nextAt: string | null;
                                }[];
                                payouts: {
                                    payoutId: string;
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    amountCents: number;
                                    amountDisplay: string;
                                    /** @enum {string} */
                                    status: "prepared" | "paid" | "failed";
                                    /** Format: date-time */
                                    preparedAt: string;
                                    reference: string | null;
                                    paidAt: string | null;
                                    failure: ("called_off" | "refused" | "returned") | null;
                                    failedAt: string | null;
                                    sellerId: string;
                                    sellerName: string | null;
                                    needsSecond: boolean;
                                    preparedBy: string;
                                    approvedBy: string | null;
                                    approvedAt: string | null;
                                    isOwn: boolean;
                                }[];
                                catalogue: {
                                    productId: string;
                                    title: string;
                                    /** @enum {string} */
                                    status: "draft" | "published" | "withdrawn";
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    priceCents: number;
                                    priceDisplay: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/sellers/{sellerId}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Stop a seller's sales and payouts, or end that
         * @description The reason is shown to the seller. Whoever bought something has it still.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    sellerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        isSuspended: boolean;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sellerId: string;
                                displayName: string;
                                /** @enum {string} */
                                verificationLevel: "unverified" | "email" | "identity";
                                suspendedAt: string | null;
                                contractVersion: string;
                                /** Format: date-time */
                                contractAcceptedAt: string;
                                productsPublished: number;
                                products: number;
                                sales: {
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    count: number;
                                    netCents: number;
                                    netDisplay: string;
                                }[];
                                about: string;
                                suspendedReason: string | null;
                                standing: {
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    balanceCents: number;
                                    balanceDisplay: string;
                                    heldCents: number;
                                    heldDisplay: string;
                                    availableCents: number;
                                    availableDisplay: string;
                                    onItsWayCents: number;
                                    onItsWayDisplay: string;
                                    nextAt: string | null;
                                }[];
                                payouts: {
                                    payoutId: string;
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    amountCents: number;
                                    amountDisplay: string;
                                    /** @enum {string} */
                                    status: "prepared" | "paid" | "failed";
                                    /** Format: date-time */
                                    preparedAt: string;
                                    reference: string | null;
                                    paidAt: string | null;
                                    failure: ("called_off" | "refused" | "returned") | null;
                                    failedAt: string | null;
                                    sellerId: string;
                                    sellerName: string | null;
                                    needsSecond: boolean;
                                    preparedBy: string;
                                    approvedBy: string | null;
                                    approvedAt: string | null;
                                    isOwn: boolean;
                                }[];
                                catalogue: {
                                    productId: string;
                                    title: string;
                                    /** @enum {string} */
                                    status: "draft" | "published" | "withdrawn";
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    priceCents: number;
                                    priceDisplay: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payouts, and to whom something is owed
         * @description Payouts that are on their way first, then the newest.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                payouts: {
                                    payoutId: string;
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    amountCents: number;
                                    amountDisplay: string;
                                    /** @enum {string} */
                                    status: "prepared" | "paid" | "failed";
                                    /** Format: date-time */
                                    preparedAt: string;
                                    reference: string | null;
                                    paidAt: string | null;
                                    failure: ("called_off" | "refused" | "returned") | null;
                                    failedAt: string | null;
                                    sellerId: string;
                                    sellerName: string | null;
                                    needsSecond: boolean;
                                    preparedBy: string;
                                    approvedBy: string | null;
                                    approvedAt: string | null;
                                    isOwn: boolean;
                                }[];
                                total: number;
                                owed: {
                                    sellerId: string;
                                    sellerName: string;
                                    /** @enum {string} */
                                    verificationLevel: "unverified" | "email" | "identity";
                                    isSuspended: boolean;
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    balanceCents: number;
                                    balanceDisplay: string;
                                    heldCents: number;
                                    heldDisplay: string;
                                    availableCents: number;
                                    availableDisplay: string;
                                    onItsWayCents: number;
                                    onItsWayDisplay: string;
                                    nextAt: string | null;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/sellers/{sellerId}/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare a payout to a seller
         * @description Takes the amount from what can be paid out. One at a time in each currency. Above what one person may move alone (counted over thirty days, as for refunds) a second one has to agree before it is paid.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    sellerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        currency: "USD" | "KRW";
                        amountCents: number;
                    };
                };
            };
            responses: {
                /** @description It worked: this is new. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                payoutId: string;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                amountCents: number;
                                amountDisplay: string;
                                /** @enum {string} */
                                status: "prepared" | "paid" | "failed";
                                /** Format: date-time */
                                preparedAt: string;
                                reference: string | null;
                                paidAt: string | null;
                                failure: ("called_off" | "refused" | "returned") | null;
                                failedAt: string | null;
                                sellerId: string;
                                sellerName: string | null;
                                needsSecond: boolean;
                                preparedBy: string;
                                approvedBy: string | null;
                                approvedAt: string | null;
                                isOwn: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/{payoutId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree to a payout that somebody else prepared
         * @description Wanted above what one person may move alone. Agreeing again changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    payoutId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                payoutId: string;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                amountCents: number;
                                amountDisplay: string;
                                /** @enum {string} */
                                status: "prepared" | "paid" | "failed";
                                /** Format: date-time */
                                preparedAt: string;
                                reference: string | null;
                                paidAt: string | null;
                                failure: ("called_off" | "refused" | "returned") | null;
                                failedAt: string | null;
                                sellerId: string;
                                sellerName: string | null;
                                needsSecond: boolean;
                                preparedBy: string;
                                approvedBy: string | null;
                                approvedAt: string | null;
                                isOwn: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/{payoutId}/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note that a payout has been paid at the bank
         * @description With what the bank calls the transfer; a transfer pays one payout. The same again changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    payoutId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reference: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                payoutId: string;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                amountCents: number;
                                amountDisplay: string;
                                /** @enum {string} */
                                status: "prepared" | "paid" | "failed";
                                /** Format: date-time */
                                preparedAt: string;
                                reference: string | null;
                                paidAt: string | null;
                                failure: ("called_off" | "refused" | "returned") | null;
                                failedAt: string | null;
                                sellerId: string;
                                sellerName: string | null;
                                needsSecond: boolean;
                                preparedBy: string;
                                approvedBy: string | null;
                                approvedAt: string | null;
                                isOwn: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/{payoutId}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note that a payout came to nothing
         * @description Called off before it was made, refused by the bank, or returned after it had been paid: it is owed to the seller again. The same again changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    payoutId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        failure: "called_off" | "refused" | "returned";
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                payoutId: string;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                amountCents: number;
                                amountDisplay: string;
                                /** @enum {string} */
                                status: "prepared" | "paid" | "failed";
                                /** Format: date-time */
                                preparedAt: string;
                                reference: string | null;
                                paidAt: string | null;
                                failure: ("called_off" | "refused" | "returned") | null;
                                failedAt: string | null;
                                sellerId: string;
                                sellerName: string | null;
                                needsSecond: boolean;
                                preparedBy: string;
                                approvedBy: string | null;
                                approvedAt: string | null;
                                isOwn: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's products, drafts among them
         * @description Newest first.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                products: {
                                    productId: string;
                                    title: string;
                                    description: string;
                                    category: string | null;
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    priceCents: number;
                                    priceDisplay: string;
                                    editionLimit: number | null;
                                    copiesSold: number;
                                    /** @enum {string} */
                                    status: "draft" | "published" | "withdrawn";
                                    hasUnpublishedChanges: boolean;
                                    isFixed: boolean;
                                    publishedAt: string | null;
                                    /** Format: date-time */
                                    updatedAt: string;
                                    files: {
                                        fileId: string;
                                        name: string;
                                        version: number;
                                        contentType: string;
                                        sizeBytes: number;
                                        sha256: string;
                                        /** Format: date-time */
                                        uploadedAt: string;
                                        isScanned: boolean;
                                    }[];
                                }[];
                                totalProducts: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Begin a product, as a draft */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        title: string;
                        /** @default  */
                        description?: string;
                        /** @default null */
                        category?: string | null;
                        /** @enum {string} */
                        currency: "USD" | "KRW";
                        priceCents: number;
                        /** @default null */
                        editionLimit?: number | null;
                    };
                };
            };
            responses: {
                /** @description It worked: this is new. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                title: string;
                                description: string;
                                category: string | null;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                priceCents: number;
                                priceDisplay: string;
                                editionLimit: number | null;
                                copiesSold: number;
                                /** @enum {string} */
                                status: "draft" | "published" | "withdrawn";
                                hasUnpublishedChanges: boolean;
                                isFixed: boolean;
                                publishedAt: string | null;
                                /** Format: date-time */
                                updatedAt: string;
                                files: {
                                    fileId: string;
                                    name: string;
                                    version: number;
                                    contentType: string;
                                    sizeBytes: number;
                                    sha256: string;
                                    /** Format: date-time */
                                    uploadedAt: string;
                                    isScanned: boolean;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/products/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one of the caller's products */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                title: string;
                                description: string;
                                category: string | null;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                priceCents: number;
                                priceDisplay: string;
                                editionLimit: number | null;
                                copiesSold: number;
                                /** @enum {string} */
                                status: "draft" | "published" | "withdrawn";
                                hasUnpublishedChanges: boolean;
                                isFixed: boolean;
                                publishedAt: string | null;
                                /** Format: date-time */
                                updatedAt: string;
                                files: {
                                    fileId: string;
                                    name: string;
                                    version: number;
                                    contentType: string;
                                    sizeBytes: number;
                                    sha256: string;
                                    /** Format: date-time */
                                    uploadedAt: string;
                                    isScanned: boolean;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        /**
         * Change a product
         * @description Shoppers see the change when the product is published again.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        title: string;
                        /** @default  */
                        description?: string;
                        /** @default null */
                        category?: string | null;
                        /** @enum {string} */
                        currency: "USD" | "KRW";
                        priceCents: number;
                        /** @default null */
                        editionLimit?: number | null;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                title: string;
                                description: string;
                                category: string | null;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                priceCents: number;
                                priceDisplay: string;
                                editionLimit: number | null;
                                copiesSold: number;
                                /** @enum {string} */
                                status: "draft" | "published" | "withdrawn";
                                hasUnpublishedChanges: boolean;
                                isFixed: boolean;
                                publishedAt: string | null;
                                /** Format: date-time */
                                updatedAt: string;
                                files: {
                                    fileId: string;
                                    name: string;
                                    version: number;
                                    contentType: string;
                                    sizeBytes: number;
                                    sha256: string;
                                    /** Format: date-time */
                                    uploadedAt: string;
                                    isScanned: boolean;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        /**
         * Delete a draft
         * @description With its files, those on their way too; none of it takes a place any more. What was published once is withdrawn instead.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {boolean} */
                                isDeleted: true;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/products/{productId}/files/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sell a file no more
         * @description Whoever bought it before still has it. A published product keeps its last one.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    productId: string;
                    fileId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                title: string;
                                description: string;
                                category: string | null;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                priceCents: number;
                                priceDisplay: string;
                                editionLimit: number | null;
                                copiesSold: number;
                                /** @enum {string} */
                                status: "draft" | "published" | "withdrawn";
                                hasUnpublishedChanges: boolean;
                                isFixed: boolean;
                                publishedAt: string | null;
                                /** Format: date-time */
                                updatedAt: string;
                                files: {
                                    fileId: string;
                                    name: string;
                                    version: number;
                                    contentType: string;
                                    sizeBytes: number;
                                    sha256: string;
                                    /** Format: date-time */
                                    uploadedAt: string;
                                    isScanned: boolean;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/products/{productId}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a product, or what changed of it, before shoppers */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                title: string;
                                description: string;
                                category: string | null;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                priceCents: number;
                                priceDisplay: string;
                                editionLimit: number | null;
                                copiesSold: number;
                                /** @enum {string} */
                                status: "draft" | "published" | "withdrawn";
                                hasUnpublishedChanges: boolean;
                                isFixed: boolean;
                                publishedAt: string | null;
                                /** Format: date-time */
                                updatedAt: string;
                                files: {
                                    fileId: string;
                                    name: string;
                                    version: number;
                                    contentType: string;
                                    sizeBytes: number;
                                    sha256: string;
                                    /** Format: date-time */
                                    uploadedAt: string;
                                    isScanned: boolean;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/products/{productId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a product off the shelf
         * @description Whoever bought it still has it.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                title: string;
                                description: string;
                                category: string | null;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                priceCents: number;
                                priceDisplay: string;
                                editionLimit: number | null;
                                copiesSold: number;
                                /** @enum {string} */
                                status: "draft" | "published" | "withdrawn";
                                hasUnpublishedChanges: boolean;
                                isFixed: boolean;
                                publishedAt: string | null;
                                /** Format: date-time */
                                updatedAt: string;
                                files: {
                                    fileId: string;
                                    name: string;
                                    version: number;
                                    contentType: string;
                                    sizeBytes: number;
                                    sha256: string;
                                    /** Format: date-time */
                                    uploadedAt: string;
                                    isScanned: boolean;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/products/{productId}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to upload a file of a product
         * @description A file under a name that is there becomes its next version. Left for a day, it is dropped.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    productId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        sizeBytes: number;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                uploadId: string;
                                name: string;
                                sizeBytes: number;
                                pieceBytes: number;
                                pieceCount: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/uploads/{uploadId}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an upload, whose pieces are all there, a file of its product
         * @description What it is, is looked at now, and a scanner looks into it where one is set up.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    uploadId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                productId: string;
                                title: string;
                                description: string;
                                category: string | null;
                                /** @enum {string} */
                                currency: "USD" | "KRW";
                                priceCents: number;
                                priceDisplay: string;
                                editionLimit: number | null;
                                copiesSold: number;
                                /** @enum {string} */
                                status: "draft" | "published" | "withdrawn";
                                hasUnpublishedChanges: boolean;
                                isFixed: boolean;
                                publishedAt: string | null;
                                /** Format: date-time */
                                updatedAt: string;
                                files: {
                                    fileId: string;
                                    name: string;
                                    version: number;
                                    contentType: string;
                                    sizeBytes: number;
                                    sha256: string;
                                    /** Format: date-time */
                                    uploadedAt: string;
                                    isScanned: boolean;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's sales, with fee and what is theirs
         * @description Newest first. Nothing tells who bought.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                    currency?: "USD" | "KRW";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                sales: {
                                    museOrderNumber: string;
                                    productId: string;
                                    title: string;
                                    /** Format: date-time */
                                    soldAt: string;
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    /** @enum {string} */
                                    paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                    grossCents: number;
                                    refundedCents: number;
                                    feeCents: number;
                                    netCents: number;
                                    grossDisplay: string;
                                    refundedDisplay: string;
                                    feeDisplay: string;
                                    netDisplay: string;
                                }[];
                                totalSales: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sum up the caller's sales over time and by product */
        get: {
            parameters: {
                query?: {
                    range?: "30d" | "90d" | "365d";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {string} */
                                range: "30d" | "90d" | "365d";
                                bucketDays: number;
                                currencies: {
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    sales: number;
                                    grossCents: number;
                                    feeCents: number;
                                    netCents: number;
                                    grossDisplay: string;
                                    feeDisplay: string;
                                    netDisplay: string;
                                    refundedCents: number;
                                    refundedDisplay: string;
                                    buckets: {
                                        /** Format: date-time */
                                        at: string;
                                        sales: number;
                                        grossCents: number;
                                        feeCents: number;
                                        netCents: number;
                                    }[];
                                }[];
                                products: {
                                    productId: string;
                                    title: string;
                                    /** @enum {string} */
                                    currency: "USD" | "KRW";
                                    sales: number;
                                    netCents: number;
                                    netDisplay: string;
                                    downloads: number;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a month's sales in one currency */
        get: {
            parameters: {
                query: {
                    currency: "USD" | "KRW";
                    month: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/stripe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an event from Stripe
         * @description Signed with Stripe-Signature over the raw body. Stored once, answered 200, then worked.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description As Stripe signs its events, over the raw body. */
                    "Stripe-Signature"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id: string;
                        type: string;
                        data: {
                            object: {
                                [key: string]: unknown;
                            };
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                received: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/stripe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an event from Stripe
         * @description Signed with Stripe-Signature over the raw body. Stored once, answered 200, then worked.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description As Stripe signs its events, over the raw body. */
                    "Stripe-Signature"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id: string;
                        type: string;
                        data: {
                            object: {
                                [key: string]: unknown;
                            };
                        } & {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                received: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/toss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an event from TossPayments
         * @description Not signed: it must name an order of ours, and a virtual account's its secret. Stored once, answered 200; then the payment is read from Toss, and only that counts.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Toss's own id of the event; without it, the body's digest stands for it. */
                    "TossPayments-Webhook-Transmission-Id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        eventType: string;
                        data: {
                            orderId: string;
                        } & {
                            [key: string]: unknown;
                        };
                    } | {
                        orderId: string;
                        status: string;
                        secret: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                received: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/stores/{storeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an event from a store
         * @description Signed with Store-Signature over the raw body. Its type is one of order.confirmed, order.shipped, order.delivered, order.cancelled; another is refused.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description `t=<unix seconds>,v1=<hex HMAC-SHA256>` under the store's secret, over `<t>.` and what is signed. */
                    "Store-Signature"?: string;
                };
                path: {
                    storeId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id: string;
                        type: string;
                        data: {
                            orderNumber: string;
                        } & {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                received: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a link to one's orders, by mail
         * @description Answers 202 whether or not there are orders at that address: only its owner learns that. The mail lists the newest checkouts; what a guest bought can be opened by the link in it, once, within 24 hours.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        orderNumber?: string;
                    };
                };
            };
            responses: {
                /** @description It is taken, and goes on. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {boolean} */
                                isTaken: true;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a mailed link to one's orders
         * @description Signs the caller in as the guest who bought. What they had gathered as another visitor comes along; whoever is signed in as a person goes on as the guest, and makes the orders theirs by signing in again. 404 for a link that is used, over, or never was.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                accountId: string;
                                token: string;
                                checkoutSessionId: string | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/metrics/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Measure checkouts, payments, placements and queues
         * @description From (inclusive) to (exclusive), 366 days at most. Without `to` up to now, without both thirty days.
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** Format: date-time */
                                from: string;
                                /** Format: date-time */
                                to: string;
                                checkout: {
                                    started: number;
                                    paid: number;
                                    completionRate: number | null;
                                    medianSeconds: number | null;
                                    multiStoreShare: number | null;
                                };
                                payments: {
                                    attempts: number;
                                    failed: number;
                                    failureRate: number | null;
                                    failures: {
                                        code: string;
                                        count: number;
                                    }[];
                                };
                                orderValues: {
                                    currency: string;
                                    checkouts: number;
                                    averageCheckoutCents: number;
                                    averageCheckoutDisplay: string;
                                    orders: number;
                                    averageOrderCents: number;
                                    averageOrderDisplay: string;
                                    soldCents: number;
                                    soldDisplay: string;
                                    refundedCents: number;
                                    refundedDisplay: string;
                                }[];
                                placements: {
                                    attempts: number;
                                    placed: number;
                                    refused: number;
                                    unavailable: number;
                                    open: number;
                                    successRate: number | null;
                                    stores: {
                                        storeId: string;
                                        storeName: string;
                                        /** @enum {string} */
                                        method: "api" | "headless" | "manual" | "digital";
                                        attempts: number;
                                        placed: number;
                                        refused: number;
                                        unavailable: number;
                                        open: number;
                                        successRate: number | null;
                                    }[];
                                };
                                manualQueue: {
                                    depth: number;
                                    overdue: number;
                                    oldestAgeSeconds: number;
                                    medianAgeSeconds: number;
                                };
                                attention: {
                                    refundsStuck: number;
                                    refundRequestsOpen: number;
                                    eventsOverdue: number;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/metrics/placements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Measure each store's placements by method, with reasons and times
         * @description From (inclusive) to (exclusive), 366 days at most. Without `to` up to now, without both thirty days.
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** Format: date-time */
                                from: string;
                                /** Format: date-time */
                                to: string;
                                stores: {
                                    storeId: string;
                                    storeName: string;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual" | "digital";
                                    attempts: number;
                                    placed: number;
                                    refused: number;
                                    unavailable: number;
                                    open: number;
                                    successRate: number | null;
                                    medianMs: number | null;
                                    p95Ms: number | null;
                                    reasons: {
                                        reason: string;
                                        count: number;
                                    }[];
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/metrics/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measure the same by the hour or the day, to be drawn */
        get: {
            parameters: {
                query?: {
                    range?: "24h" | "7d" | "30d";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {string} */
                                range: "24h" | "7d" | "30d";
                                /** Format: date-time */
                                from: string;
                                /** Format: date-time */
                                to: string;
                                bucketSeconds: number;
                                buckets: {
                                    /** Format: date-time */
                                    at: string;
                                    checkout: {
                                        started: number;
                                        paid: number;
                                        completionRate: number | null;
                                        medianSeconds: number | null;
                                        multiStoreShare: number | null;
                                    };
                                    payments: {
                                        attempts: number;
                                        failed: number;
                                        failureRate: number | null;
                                    };
                                    orderValues: {
                                        currency: string;
                                        orders: number;
                                        soldCents: number;
                                        averageOrderCents: number;
                                    }[];
                                    placements: {
                                        ended: number;
                                        placed: number;
                                        successRate: number | null;
                                        medianSecondsToPlace: number | null;
                                        p95SecondsToPlace: number | null;
                                    };
                                    queue: {
                                        opened: number;
                                        closed: number;
                                        medianSecondsToClose: number | null;
                                        depth: number;
                                        oldestAgeSeconds: number;
                                    };
                                }[];
                                stores: {
                                    storeId: string;
                                    storeName: string;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual" | "digital";
                                    attempts: number;
                                    placed: number;
                                    refused: number;
                                    unavailable: number;
                                    open: number;
                                    successRate: number | null;
                                    points: {
                                        ended: number;
                                        placed: number;
                                        successRate: number | null;
                                        medianSecondsToPlace: number | null;
                                        p95SecondsToPlace: number | null;
                                    }[];
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what operators are told of, newest first
         * @description Tiers that fell sick or are well again, changed pages, work past half its deadline, orders that nobody knows the outcome of, books that differ, disputes, payments that nobody asked for. Kept for 90 days.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    kind?: "tier_sick" | "tier_well" | "page_changed" | "task_late" | "find_out" | "books_differ" | "dispute_opened" | "evidence_due" | "payment_unmatched";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                alerts: {
                                    alertId: string;
                                    /** @enum {string} */
                                    kind: "tier_sick" | "tier_well" | "page_changed" | "task_late" | "find_out" | "books_differ" | "dispute_opened" | "evidence_due" | "payment_unmatched";
                                    /** Format: date-time */
                                    at: string;
                                    storeId: string | null;
                                    storeName: string | null;
                                    method: ("api" | "headless" | "manual") | null;
                                    museOrderNumber: string | null;
                                    disputeId: string | null;
                                    reconciliationId: string | null;
                                    paymentId: string | null;
                                    checkoutSessionId: string | null;
                                    provider: string | null;
                                    reason: string | null;
                                    step: string | null;
                                    detail: string | null;
                                    bad: number | null;
                                    total: number | null;
                                    dueAt: string | null;
                                    amountCents: number | null;
                                    amountDisplay: string | null;
                                    currency: string | null;
                                }[];
                                nextCursor: string | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/alerts/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read whether the caller is written to about alerts */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                byMail: boolean;
                                /** @enum {string} */
                                language: "en" | "ko";
                                everyMinutes: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        /**
         * Choose whether to be written to about alerts, and in which language
         * @description Of what happened before it was switched on nothing is told.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        byMail: boolean;
                        /** @enum {string} */
                        language: "en" | "ko";
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                byMail: boolean;
                                /** @enum {string} */
                                language: "en" | "ko";
                                everyMinutes: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find orders, newest first
         * @description By status, store, payment and time, or by a number that a shopper, a store or a carrier gave, or by the shopper's e-mail address.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                    status?: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                    store?: string;
                    paymentStatus?: "unpaid" | "paid" | "partially_refunded" | "refunded";
                    from?: string;
                    to?: string;
                    query?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                orders: {
                                    museOrderNumber: string;
                                    checkoutSessionId: string;
                                    accountId: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    trackingNumber: string | null;
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                    placementMethod: ("api" | "headless" | "manual" | "digital") | null;
                                    placement: string | null;
                                    reason: string | null;
                                    totalCents: number;
                                    totalDisplay: string;
                                    refundedCents: number;
                                    currency: string;
                                    /** Format: date-time */
                                    createdAt: string;
                                    placedAt: string | null;
                                }[];
                                total: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/orders/{orderNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read all that is known of an order */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                order: {
                                    orderId: string;
                                    museOrderNumber: string;
                                    checkoutSessionId: string;
                                    storeId: string;
                                    storeName: string;
                                    storeOrderNumber: string | null;
                                    /** @enum {string} */
                                    kind: "physical" | "digital";
                                    /** @enum {string} */
                                    status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    /** @enum {string} */
                                    paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
                                    placementMethod: ("api" | "headless" | "manual" | "digital") | null;
                                    reason: string | null;
                                    message: string | null;
                                    currency: string;
                                    subtotalCents: number;
                                    subtotalDisplay: string;
                                    discountCents: number;
                                    discountDisplay: string;
                                    shippingCents: number;
                                    shippingDisplay: string;
                                    taxCents: number;
                                    taxDisplay: string;
                                    totalCents: number;
                                    totalDisplay: string;
                                    refundedCents: number;
                                    refundedDisplay: string;
                                    shippingOptionName: string | null;
                                    returnPolicy: string;
                                    email: string | null;
                                    deliveryFrom: string | null;
                                    deliveryTo: string | null;
                                    trackingNumber: string | null;
                                    carrier: string | null;
                                    /** Format: date-time */
                                    orderedAt: string;
                                    placedAt: string | null;
                                    shippingAddress: {
                                        name: string;
                                        address1: string;
                                        address2: string | null;
                                        city: string;
                                        state: string;
                                        zip: string;
                                        country: string;
                                        phone: string | null;
                                    } | null;
                                    items: {
                                        lineNo: number;
                                        productId: string;
                                        variantId: string;
                                        title: string;
                                        size: string | null;
                                        color: string | null;
                                        imageUrl: string | null;
                                        productUrl: string | null;
                                        quantity: number;
                                        unitPriceCents: number;
                                        unitPriceDisplay: string;
                                        originalPriceCents: number | null;
                                        originalPriceDisplay: string | null;
                                        lineTotalCents: number;
                                        lineTotalDisplay: string;
                                        discountCents: number;
                                        taxCents: number;
                                        /** @enum {string} */
                                        itemStatus: "pending" | "placed" | "shipped" | "delivered" | "failed" | "cancelled";
                                        refundedQuantity: number;
                                        refundedCents: number;
                                        refundedDisplay: string;
                                        refundableQuantity: number;
                                    }[];
                                    statusHistory: {
                                        from: ("pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled") | null;
                                        /** @enum {string} */
                                        to: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                        /** Format: date-time */
                                        at: string;
                                    }[];
                                    shipments: {
                                        carrier: string;
                                        trackingNumber: string;
                                        /** @enum {string} */
                                        status: "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "exception";
                                        lineNos: number[] | null;
                                        estimatedDelivery: string | null;
                                        deliveredAt: string | null;
                                        events: {
                                            /** Format: date-time */
                                            at: string;
                                            /** @enum {string} */
                                            status: "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "exception";
                                            description: string;
                                            location: string | null;
                                        }[];
                                    }[];
                                    refunds: {
                                        refundId: string;
                                        amountCents: number;
                                        amountDisplay: string;
                                        reason: string;
                                        message: string | null;
                                        /** @enum {string} */
                                        method: "original_payment_method";
                                        /** @enum {string} */
                                        status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
                                        /** Format: date-time */
                                        createdAt: string;
                                        succeededAt: string | null;
                                    }[];
                                    depositDueAt: string | null;
                                    depositRevertedAt: string | null;
                                    refundAccount: {
                                        /** @enum {string} */
                                        status: "needed" | "given";
                                        amountCents: number;
                                        amountDisplay: string;
                                        problem: string | null;
                                        bankName: string | null;
                                        lastDigits: string | null;
                                    } | null;
                                    refundRequest: {
                                        requestId: string;
                                        /** @enum {string} */
                                        status: "open" | "approved" | "declined";
                                        reason: string;
                                        items: {
                                            lineNo: number;
                                            quantity: number;
                                        }[] | null;
                                        /** Format: date-time */
                                        createdAt: string;
                                    } | null;
                                    cancellation: {
                                        /** Format: date-time */
                                        requestedAt: string;
                                        refusedAt: string | null;
                                    } | null;
                                    isCancellable: boolean;
                                    cancelling: {
                                        isPossible: boolean;
                                        why: ("not_paid" | "shipped" | "delivered" | "ended" | "requested" | "refused_by_store") | null;
                                        message: string | null;
                                    };
                                    refundRequesting: {
                                        isPossible: boolean;
                                        why: ("not_paid" | "not_placed" | "ended" | "nothing_left" | "requested") | null;
                                        message: string | null;
                                    };
                                    receipts: {
                                        pdf: string;
                                        html: string;
                                        checkoutPdf: string;
                                        checkoutHtml: string;
                                    } | null;
                                    access: {
                                        productId: string;
                                        isActive: boolean;
                                        downloadUrl: string;
                                        /** Format: date-time */
                                        grantedAt: string;
                                    }[];
                                };
                                accountId: string;
                                session: {
                                    checkoutSessionId: string;
                                    status: string;
                                    onStoreFailure: string;
                                    latePayment: string | null;
                                    contactEmail: string | null;
                                    totalCents: number;
                                    /** Format: date-time */
                                    createdAt: string;
                                    paidAt: string | null;
                                    finishedAt: string | null;
                                    siblings: {
                                        museOrderNumber: string;
                                        storeName: string;
                                        /** @enum {string} */
                                        status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
                                    }[];
                                };
                                payment: {
                                    paymentId: string;
                                    provider: string;
                                    providerRef: string | null;
                                    status: string;
                                    amountCents: number;
                                    refundedCents: number;
                                    currency: string;
                                    succeededAt: string | null;
                                    attempts: {
                                        number: number;
                                        status: string;
                                        failureCode: string | null;
                                        declineCode: string | null;
                                        /** Format: date-time */
                                        createdAt: string;
                                        endedAt: string | null;
                                    }[];
                                } | null;
                                placement: {
                                    status: string;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual" | "digital";
                                    tierPosition: number;
                                    tries: number;
                                    reason: string | null;
                                    /** Format: date-time */
                                    nextAttemptAt: string;
                                    attempts: {
                                        attemptId: string;
                                        fence: number;
                                        /** @enum {string} */
                                        method: "api" | "headless" | "manual" | "digital";
                                        connector: string | null;
                                        status: string;
                                        workerId: string | null;
                                        reason: string | null;
                                        detail: string | null;
                                        lookUps: number;
                                        storeOrderNumber: string | null;
                                        storeTotalCents: number | null;
                                        /** Format: date-time */
                                        startedAt: string;
                                        endedAt: string | null;
                                    }[];
                                } | null;
                                refunds: {
                                    refundId: string;
                                    amountCents: number;
                                    reason: string;
                                    /** @enum {string} */
                                    status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
                                    /** @enum {string} */
                                    source: "muse" | "provider";
                                    providerRef: string | null;
                                    requestedBy: string | null;
                                    failureCode: string | null;
                                    tries: number;
                                    /** Format: date-time */
                                    createdAt: string;
                                    succeededAt: string | null;
                                }[];
                                manualTasks: {
                                    /** @enum {string} */
                                    task: "place" | "cancel";
                                    /** @enum {string} */
                                    status: "open" | "claimed" | "placed" | "failed" | "cancelled" | "refused" | "withdrawn";
                                    why: string;
                                    detail: string | null;
                                    isOutcomeUnknown: boolean;
                                    /** Format: date-time */
                                    openedAt: string;
                                    /** Format: date-time */
                                    deadlineAt: string;
                                    claimedBy: string | null;
                                    claimedUntil: string | null;
                                    closedAt: string | null;
                                    closedBy: string | null;
                                    note: string | null;
                                }[];
                                audit: {
                                    auditId: string;
                                    /** Format: date-time */
                                    at: string;
                                    accountId: string;
                                    role: string;
                                    action: string;
                                    subject: string;
                                    detail: {
                                        [key: string]: unknown;
                                    };
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/orders/{orderNumber}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give money of an order back
         * @description Everything that is left, an amount, or units of lines with or without the delivery. One refund for a key; without a key, the same refund for the same reason is one refund. Where it comes to more than one person may give back of an order, `status` is `waiting` until a second one approves it.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderNumber: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        amountCents?: number;
                        items?: {
                            lineNo: number;
                            quantity?: number;
                        }[];
                        includeShipping?: boolean;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {string} */
                                status: "given" | "waiting";
                                refundId: string | null;
                                approvalId: string | null;
                                museOrderNumber: string;
                                amountCents: number;
                                amountDisplay: string;
                                currency: string;
                                isNew: boolean;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/refund-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List shoppers' requests for refunds that wait for an answer, oldest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                requests: {
                                    requestId: string;
                                    museOrderNumber: string;
                                    storeName: string;
                                    items: {
                                        lineNo: number;
                                        quantity: number;
                                    }[] | null;
                                    reason: string;
                                    totalCents: number;
                                    totalDisplay: string;
                                    refundedCents: number;
                                    currency: string;
                                    /** Format: date-time */
                                    createdAt: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/refunds/stuck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List refunds that no machine will bring to an end */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                refunds: {
                                    refundId: string;
                                    museOrderNumber: string | null;
                                    checkoutSessionId: string;
                                    amountCents: number;
                                    amountDisplay: string;
                                    currency: string;
                                    /** @enum {string} */
                                    status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
                                    reason: string;
                                    failureCode: string | null;
                                    tries: number;
                                    /** Format: date-time */
                                    createdAt: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/refund-requests/{requestId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or decline a request for a refund
         * @description An approval refunds what was asked for. Giving the same answer again changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    requestId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        decision: "approved" | "declined";
                        /** @default false */
                        includeShipping?: boolean;
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                requestId: string;
                                museOrderNumber: string;
                                /** @enum {string} */
                                decision: "approved" | "declined";
                                refund: {
                                    /** @enum {string} */
                                    status: "given" | "waiting";
                                    refundId: string | null;
                                    approvalId: string | null;
                                    museOrderNumber: string;
                                    amountCents: number;
                                    amountDisplay: string;
                                    currency: string;
                                    isNew: boolean;
                                } | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/refund-approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List refunds that need a second person
         * @description Those that wait, oldest first, or those that were answered; and what one person may give back alone.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                    status?: "waiting" | "approved" | "declined";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                approvals: {
                                    approvalId: string;
                                    museOrderNumber: string;
                                    storeName: string;
                                    amountCents: number;
                                    amountDisplay: string;
                                    currency: string;
                                    reason: string;
                                    orderTotalCents: number;
                                    orderRefundedCents: number;
                                    requestId: string | null;
                                    /** @enum {string} */
                                    status: "waiting" | "approved" | "declined";
                                    askedBy: string;
                                    /** Format: date-time */
                                    askedAt: string;
                                    answeredBy: string | null;
                                    answeredAt: string | null;
                                    isOwn: boolean;
                                }[];
                                total: number;
                                limits: {
                                    currency: string;
                                    amountCents: number;
                                    amountDisplay: string;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/refund-approvals/{approvalId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or decline a refund that somebody else asked for
         * @description An approval gives back what was asked for, never more than was shown. Whoever asked may decline it (take it back), not approve it. Giving the same answer again changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    approvalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        decision: "approved" | "declined";
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                approvalId: string;
                                museOrderNumber: string;
                                /** @enum {string} */
                                decision: "approved" | "declined";
                                refund: {
                                    /** @enum {string} */
                                    status: "given" | "waiting";
                                    refundId: string | null;
                                    approvalId: string | null;
                                    museOrderNumber: string;
                                    amountCents: number;
                                    amountDisplay: string;
                                    currency: string;
                                    isNew: boolean;
                                } | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/ledger/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what each account stands at */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                balances: {
                                    /** @enum {string} */
                                    account: "provider_clearing" | "shopper_funds" | "store_payable" | "seller_payable" | "platform_fee" | "shipping" | "tax" | "refunds" | "disputes" | "dispute_losses" | "payouts" | "bank";
                                    ownerId: string | null;
                                    ownerName: string | null;
                                    currency: string;
                                    balanceCents: number;
                                    balanceDisplay: string;
                                    postings: number;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/ledger/stores/{storeId}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch a store's statement as CSV
         * @description All that was booked to them in a month (UTC), oldest first, with the balance before and after: what is owed to them stands above zero.
         */
        get: {
            parameters: {
                query: {
                    month: string;
                };
                header?: never;
                path: {
                    storeId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/ledger/sellers/{sellerId}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch a seller's statement as CSV
         * @description All that was booked to them in a month (UTC), oldest first, with the balance before and after: what is owed to them stands above zero.
         */
        get: {
            parameters: {
                query: {
                    month: string;
                };
                header?: never;
                path: {
                    sellerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/ledger/reconciliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List reconciliations, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                reconciliations: {
                                    reconciliationId: string;
                                    /** @enum {string} */
                                    provider: "stripe" | "toss";
                                    /** Format: date-time */
                                    from: string;
                                    /** Format: date-time */
                                    to: string;
                                    /** @enum {string} */
                                    status: "running" | "finished" | "failed";
                                    requestedBy: string | null;
                                    /** Format: date-time */
                                    startedAt: string;
                                    finishedAt: string | null;
                                    recordCount: number;
                                    differenceCount: number;
                                }[];
                                total: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Compare the books with a provider's own, up to now
         * @description Asked of the worker; it takes as long as the provider does. Changes no money. Asking again asks once.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        provider: "stripe" | "toss";
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {string} */
                                provider: "stripe" | "toss";
                                /** @enum {string} */
                                status: "queued";
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/ledger/reconciliations/{reconciliationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what a reconciliation found, every difference by name */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    reconciliationId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                reconciliationId: string;
                                /** @enum {string} */
                                provider: "stripe" | "toss";
                                /** Format: date-time */
                                from: string;
                                /** Format: date-time */
                                to: string;
                                /** @enum {string} */
                                status: "running" | "finished" | "failed";
                                requestedBy: string | null;
                                /** Format: date-time */
                                startedAt: string;
                                finishedAt: string | null;
                                recordCount: number;
                                differenceCount: number;
                                sums: {
                                    currency: string;
                                    /** @enum {string} */
                                    kind: "charge" | "refund" | "refund_failure" | "dispute" | "other";
                                    count: number;
                                    amountCents: number;
                                    amountDisplay: string;
                                    feeCents: number;
                                    feeDisplay: string;
                                }[];
                                differences: {
                                    number: number;
                                    kind: string;
                                    subject: string;
                                    paymentId: string | null;
                                    providerRef: string | null;
                                    museOrderNumbers: string[];
                                    currency: string | null;
                                    oursCents: number | null;
                                    oursDisplay: string | null;
                                    theirsCents: number | null;
                                    theirsDisplay: string | null;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List disputes: those whose evidence is due first, then the newest */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                    open?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                disputes: {
                                    disputeId: string;
                                    /** @enum {string} */
                                    provider: "stripe" | "toss";
                                    paymentId: string;
                                    checkoutSessionId: string;
                                    /** @enum {string} */
                                    status: "inquiry" | "inquiry_closed" | "needs_response" | "under_review" | "won" | "lost";
                                    reason: string;
                                    amountCents: number;
                                    amountDisplay: string;
                                    withdrawnCents: number;
                                    withdrawnDisplay: string;
                                    currency: string;
                                    evidenceDueAt: string | null;
                                    /** Format: date-time */
                                    openedAt: string;
                                    closedAt: string | null;
                                }[];
                                total: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/disputes/{disputeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a dispute, with the evidence that is held */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    disputeId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                disputeId: string;
                                /** @enum {string} */
                                provider: "stripe" | "toss";
                                paymentId: string;
                                checkoutSessionId: string;
                                /** @enum {string} */
                                status: "inquiry" | "inquiry_closed" | "needs_response" | "under_review" | "won" | "lost";
                                reason: string;
                                amountCents: number;
                                amountDisplay: string;
                                withdrawnCents: number;
                                withdrawnDisplay: string;
                                currency: string;
                                evidenceDueAt: string | null;
                                /** Format: date-time */
                                openedAt: string;
                                closedAt: string | null;
                                evidence: {
                                    contactEmail: string | null;
                                    /** Format: date-time */
                                    startedAt: string;
                                    paidAt: string | null;
                                    chargedCents: number;
                                    chargedDisplay: string;
                                    refundedCents: number;
                                    refundedDisplay: string;
                                    providerRef: string | null;
                                    attempts: {
                                        number: number;
                                        status: string;
                                        /** Format: date-time */
                                        at: string;
                                    }[];
                                    orders: {
                                        museOrderNumber: string;
                                        storeName: string;
                                        storeOrderNumber: string | null;
                                        status: string;
                                        totalCents: number;
                                        totalDisplay: string;
                                        items: {
                                            title: string;
                                            quantity: number;
                                        }[];
                                        history: {
                                            to: string;
                                            /** Format: date-time */
                                            at: string;
                                        }[];
                                        parcels: {
                                            carrier: string;
                                            trackingNumber: string;
                                            status: string;
                                            deliveredAt: string | null;
                                        }[];
                                    }[];
                                    mails: {
                                        kind: string;
                                        /** Format: date-time */
                                        at: string;
                                        isSent: boolean;
                                    }[];
                                    proofs: {
                                        museOrderNumber: string;
                                        /** Format: date-time */
                                        grantedAt: string;
                                        revokedAt: string | null;
                                        downloadCount: number;
                                        downloads: {
                                            /** Format: date-time */
                                            at: string;
                                            fileName: string | null;
                                            network: string | null;
                                        }[];
                                        waiver: {
                                            wording: string;
                                            /** @enum {string} */
                                            language: "en" | "ko";
                                            /** Format: date-time */
                                            waivedAt: string;
                                        } | null;
                                    }[];
                                    signIns: {
                                        /** Format: date-time */
                                        at: string;
                                        /** Format: date-time */
                                        lastSeenAt: string;
                                        address: string | null;
                                        device: string | null;
                                    }[];
                                };
                                canAnswer: boolean;
                                answers: {
                                    answerId: string;
                                    /** @enum {string} */
                                    status: "started" | "unknown" | "submitted" | "refused";
                                    error: string | null;
                                    askedBy: string;
                                    /** Format: date-time */
                                    askedAt: string;
                                    settledAt: string | null;
                                    evidence: {
                                        [key: string]: string;
                                    };
                                }[];
                                draft: {
                                    productDescription?: string;
                                    customerName?: string;
                                    customerEmailAddress?: string;
                                    shippingAddress?: string;
                                    shippingCarrier?: string;
                                    shippingTrackingNumber?: string;
                                    shippingDate?: string;
                                    serviceDate?: string;
                                    accessActivityLog?: string;
                                    refundPolicyDisclosure?: string;
                                    refundRefusalExplanation?: string;
                                    duplicateChargeExplanation?: string;
                                    uncategorizedText?: string;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/disputes/{disputeId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a dispute: what goes to the bank as evidence
         * @description Written down at once and sent by a worker; the dispute says what came of it. A bank takes one answer: another is possible only when the provider has refused the one before.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    disputeId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        evidence: {
                            productDescription?: string;
                            customerName?: string;
                            customerEmailAddress?: string;
                            shippingAddress?: string;
                            shippingCarrier?: string;
                            shippingTrackingNumber?: string;
                            shippingDate?: string;
                            serviceDate?: string;
                            accessActivityLog?: string;
                            refundPolicyDisclosure?: string;
                            refundRefusalExplanation?: string;
                            duplicateChargeExplanation?: string;
                            uncategorizedText?: string;
                        };
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                answerId: string;
                                /** @enum {string} */
                                status: "started" | "unknown" | "submitted" | "refused";
                                error: string | null;
                                askedBy: string;
                                /** Format: date-time */
                                askedAt: string;
                                settledAt: string | null;
                                evidence: {
                                    [key: string]: string;
                                };
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stores, retailers first
         * @description By name, those that orders are placed with before the stores of people who sell files.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                    query?: string;
                    kind?: "retailer" | "seller";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                stores: {
                                    storeId: string;
                                    name: string;
                                    description: string;
                                    /** @enum {string} */
                                    kind: "retailer" | "seller";
                                    currency: string;
                                    homepage: string | null;
                                    returnPolicy: string;
                                    priceMarginBp: number;
                                    enabled: boolean;
                                    tiers: {
                                        position: number;
                                        /** @enum {string} */
                                        method: "api" | "headless" | "manual";
                                        connector: string | null;
                                        baseUrl: string | null;
                                        enabled: boolean;
                                        triesMax: number;
                                        timeoutMs: number;
                                        gate: {
                                            /** @enum {string} */
                                            state: "open" | "half_open" | "sick" | "paused" | "not_permitted" | "out_of_hours" | "rate_limited";
                                            until: string | null;
                                            reason: string | null;
                                            trips: number;
                                        };
                                        health: {
                                            last15Minutes: {
                                                total: number;
                                                placed: number;
                                                refused: number;
                                                unavailable: number;
                                                unknown: number;
                                                successRate: number | null;
                                                p50Ms: number | null;
                                                p95Ms: number | null;
                                                reasons: {
                                                    reason: string;
                                                    count: number;
                                                }[];
                                            };
                                            last24Hours: {
                                                total: number;
                                                placed: number;
                                                refused: number;
                                                unavailable: number;
                                                unknown: number;
                                                successRate: number | null;
                                                p50Ms: number | null;
                                                p95Ms: number | null;
                                                reasons: {
                                                    reason: string;
                                                    count: number;
                                                }[];
                                            };
                                        };
                                    }[];
                                    permission: {
                                        words: string;
                                        /** @default null */
                                        link: string | null;
                                        /** Format: date */
                                        permittedOn: string;
                                        /** @default 1 */
                                        ordersAtOnce: number;
                                        /** @default null */
                                        ordersPerHour: number | null;
                                        /** @default null */
                                        hours: {
                                            timeZone: string;
                                            opensAt: string | null;
                                            closesAt: string | null;
                                            /**
                                             * @default [
                                             *       1,
                                             *       2,
                                             *       3,
                                             *       4,
                                             *       5,
                                             *       6,
                                             *       7
                                             *     ]
                                             */
                                            days: number[];
                                        } | null;
                                        recordedBy: string;
                                        /** Format: date-time */
                                        recordedAt: string;
                                    } | null;
                                    placement: {
                                        /** @enum {string} */
                                        method: "automatic" | "by_hand";
                                        hoursMax: number | null;
                                    };
                                    byHandHoursMax: number;
                                    shippingOptions: {
                                        optionId: string;
                                        name: string;
                                        /** @enum {string} */
                                        kind: "flat" | "per_item";
                                        amountCents: number;
                                        perItemCents: number;
                                        freeAboveCents: number | null;
                                        daysMin: number;
                                        daysMax: number;
                                    }[];
                                    credentials: {
                                        api: boolean;
                                        headless: boolean;
                                        webhookSecret: boolean;
                                    };
                                    /** Format: date-time */
                                    updatedAt: string;
                                }[];
                                total: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/stores/{storeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a store
         * @description Of its credentials only which there are: none can be read back.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    storeId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                storeId: string;
                                name: string;
                                description: string;
                                /** @enum {string} */
                                kind: "retailer" | "seller";
                                currency: string;
                                homepage: string | null;
                                returnPolicy: string;
                                priceMarginBp: number;
                                enabled: boolean;
                                tiers: {
                                    position: number;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual";
                                    connector: string | null;
                                    baseUrl: string | null;
                                    enabled: boolean;
                                    triesMax: number;
                                    timeoutMs: number;
                                    gate: {
                                        /** @enum {string} */
                                        state: "open" | "half_open" | "sick" | "paused" | "not_permitted" | "out_of_hours" | "rate_limited";
                                        until: string | null;
                                        reason: string | null;
                                        trips: number;
                                    };
                                    health: {
                                        last15Minutes: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                        last24Hours: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                    };
                                }[];
                                permission: {
                                    words: string;
                                    /** @default null */
                                    link: string | null;
                                    /** Format: date */
                                    permittedOn: string;
                                    /** @default 1 */
                                    ordersAtOnce: number;
                                    /** @default null */
                                    ordersPerHour: number | null;
                                    /** @default null */
                                    hours: {
                                        timeZone: string;
                                        opensAt: string | null;
                                        closesAt: string | null;
                                        /**
                                         * @default [
                                         *       1,
                                         *       2,
                                         *       3,
                                         *       4,
                                         *       5,
                                         *       6,
                                         *       7
                                         *     ]
                                         */
                                        days: number[];
                                    } | null;
                                    recordedBy: string;
                                    /** Format: date-time */
                                    recordedAt: string;
                                } | null;
                                placement: {
                                    /** @enum {string} */
                                    method: "automatic" | "by_hand";
                                    hoursMax: number | null;
                                };
                                byHandHoursMax: number;
                                shippingOptions: {
                                    optionId: string;
                                    name: string;
                                    /** @enum {string} */
                                    kind: "flat" | "per_item";
                                    amountCents: number;
                                    perItemCents: number;
                                    freeAboveCents: number | null;
                                    daysMin: number;
                                    daysMax: number;
                                }[];
                                credentials: {
                                    api: boolean;
                                    headless: boolean;
                                    webhookSecret: boolean;
                                };
                                /** Format: date-time */
                                updatedAt: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        /**
         * Register a store, or change it
         * @description What is left out stays. Tiers, delivery options and the permission are replaced whole. Credentials are sealed at once. A browser's tier can be enabled with the store's permission alone.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    storeId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        description?: string;
                        /** @enum {string} */
                        kind?: "retailer" | "seller";
                        /** @enum {string} */
                        currency?: "USD" | "KRW";
                        homepage?: string | null;
                        returnPolicy?: string;
                        priceMarginBp?: number;
                        enabled?: boolean;
                        byHandHoursMax?: number;
                        permission?: {
                            words: string;
                            /** @default null */
                            link?: string | null;
                            /** Format: date */
                            permittedOn: string;
                            /** @default 1 */
                            ordersAtOnce?: number;
                            /** @default null */
                            ordersPerHour?: number | null;
                            /** @default null */
                            hours?: {
                                timeZone: string;
                                opensAt: string | null;
                                closesAt: string | null;
                                /**
                                 * @default [
                                 *       1,
                                 *       2,
                                 *       3,
                                 *       4,
                                 *       5,
                                 *       6,
                                 *       7
                                 *     ]
                                 */
                                days?: number[];
                            } | null;
                        } | null;
                        tiers?: {
                            /** @enum {string} */
                            method: "api" | "headless" | "manual";
                            /** @default null */
                            connector?: string | null;
                            /** @default null */
                            baseUrl?: string | null;
                            /** @default true */
                            enabled?: boolean;
                            /** @default 4 */
                            triesMax?: number;
                            /** @default 10000 */
                            timeoutMs?: number;
                        }[];
                        shippingOptions?: {
                            optionId: string;
                            name: string;
                            /** @enum {string} */
                            kind: "flat" | "per_item";
                            amountCents: number;
                            /** @default 0 */
                            perItemCents?: number;
                            /** @default null */
                            freeAboveCents?: number | null;
                            daysMin: number;
                            daysMax: number;
                        }[];
                        credentials?: {
                            api?: {
                                [key: string]: string;
                            };
                            headless?: {
                                [key: string]: string;
                            };
                            webhookSecret?: string;
                        };
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                storeId: string;
                                name: string;
                                description: string;
                                /** @enum {string} */
                                kind: "retailer" | "seller";
                                currency: string;
                                homepage: string | null;
                                returnPolicy: string;
                                priceMarginBp: number;
                                enabled: boolean;
                                tiers: {
                                    position: number;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual";
                                    connector: string | null;
                                    baseUrl: string | null;
                                    enabled: boolean;
                                    triesMax: number;
                                    timeoutMs: number;
                                    gate: {
                                        /** @enum {string} */
                                        state: "open" | "half_open" | "sick" | "paused" | "not_permitted" | "out_of_hours" | "rate_limited";
                                        until: string | null;
                                        reason: string | null;
                                        trips: number;
                                    };
                                    health: {
                                        last15Minutes: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                        last24Hours: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                    };
                                }[];
                                permission: {
                                    words: string;
                                    /** @default null */
                                    link: string | null;
                                    /** Format: date */
                                    permittedOn: string;
                                    /** @default 1 */
                                    ordersAtOnce: number;
                                    /** @default null */
                                    ordersPerHour: number | null;
                                    /** @default null */
                                    hours: {
                                        timeZone: string;
                                        opensAt: string | null;
                                        closesAt: string | null;
                                        /**
                                         * @default [
                                         *       1,
                                         *       2,
                                         *       3,
                                         *       4,
                                         *       5,
                                         *       6,
                                         *       7
                                         *     ]
                                         */
                                        days: number[];
                                    } | null;
                                    recordedBy: string;
                                    /** Format: date-time */
                                    recordedAt: string;
                                } | null;
                                placement: {
                                    /** @enum {string} */
                                    method: "automatic" | "by_hand";
                                    hoursMax: number | null;
                                };
                                byHandHoursMax: number;
                                shippingOptions: {
                                    optionId: string;
                                    name: string;
                                    /** @enum {string} */
                                    kind: "flat" | "per_item";
                                    amountCents: number;
                                    perItemCents: number;
                                    freeAboveCents: number | null;
                                    daysMin: number;
                                    daysMax: number;
                                }[];
                                credentials: {
                                    api: boolean;
                                    headless: boolean;
                                    webhookSecret: boolean;
                                };
                                /** Format: date-time */
                                updatedAt: string;
                            };
                            message?: string;
                        };
                    };
                };
                /** @description It worked: this is new. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                storeId: string;
                                name: string;
                                description: string;
                                /** @enum {string} */
                                kind: "retailer" | "seller";
                                currency: string;
                                homepage: string | null;
                                returnPolicy: string;
                                priceMarginBp: number;
                                enabled: boolean;
                                tiers: {
                                    position: number;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual";
                                    connector: string | null;
                                    baseUrl: string | null;
                                    enabled: boolean;
                                    triesMax: number;
                                    timeoutMs: number;
                                    gate: {
                                        /** @enum {string} */
                                        state: "open" | "half_open" | "sick" | "paused" | "not_permitted" | "out_of_hours" | "rate_limited";
                                        until: string | null;
                                        reason: string | null;
                                        trips: number;
                                    };
                                    health: {
                                        last15Minutes: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                        last24Hours: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                    };
                                }[];
                                permission: {
                                    words: string;
                                    /** @default null */
                                    link: string | null;
                                    /** Format: date */
                                    permittedOn: string;
                                    /** @default 1 */
                                    ordersAtOnce: number;
                                    /** @default null */
                                    ordersPerHour: number | null;
                                    /** @default null */
                                    hours: {
                                        timeZone: string;
                                        opensAt: string | null;
                                        closesAt: string | null;
                                        /**
                                         * @default [
                                         *       1,
                                         *       2,
                                         *       3,
                                         *       4,
                                         *       5,
                                         *       6,
                                         *       7
                                         *     ]
                                         */
                                        days: number[];
                                    } | null;
                                    recordedBy: string;
                                    /** Format: date-time */
                                    recordedAt: string;
                                } | null;
                                placement: {
                                    /** @enum {string} */
                                    method: "automatic" | "by_hand";
                                    hoursMax: number | null;
                                };
                                byHandHoursMax: number;
                                shippingOptions: {
                                    optionId: string;
                                    name: string;
                                    /** @enum {string} */
                                    kind: "flat" | "per_item";
                                    amountCents: number;
                                    perItemCents: number;
                                    freeAboveCents: number | null;
                                    daysMin: number;
                                    daysMax: number;
                                }[];
                                credentials: {
                                    api: boolean;
                                    headless: boolean;
                                    webhookSecret: boolean;
                                };
                                /** Format: date-time */
                                updatedAt: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/stores/{storeId}/tiers/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Take a tier of a store out of use, or into it again
         * @description Orders that wait at a tier that is taken out go on to the next. A browser's needs the permission.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    storeId: string;
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        enabled: boolean;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                storeId: string;
                                name: string;
                                description: string;
                                /** @enum {string} */
                                kind: "retailer" | "seller";
                                currency: string;
                                homepage: string | null;
                                returnPolicy: string;
                                priceMarginBp: number;
                                enabled: boolean;
                                tiers: {
                                    position: number;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual";
                                    connector: string | null;
                                    baseUrl: string | null;
                                    enabled: boolean;
                                    triesMax: number;
                                    timeoutMs: number;
                                    gate: {
                                        /** @enum {string} */
                                        state: "open" | "half_open" | "sick" | "paused" | "not_permitted" | "out_of_hours" | "rate_limited";
                                        until: string | null;
                                        reason: string | null;
                                        trips: number;
                                    };
                                    health: {
                                        last15Minutes: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                        last24Hours: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                    };
                                }[];
                                permission: {
                                    words: string;
                                    /** @default null */
                                    link: string | null;
                                    /** Format: date */
                                    permittedOn: string;
                                    /** @default 1 */
                                    ordersAtOnce: number;
                                    /** @default null */
                                    ordersPerHour: number | null;
                                    /** @default null */
                                    hours: {
                                        timeZone: string;
                                        opensAt: string | null;
                                        closesAt: string | null;
                                        /**
                                         * @default [
                                         *       1,
                                         *       2,
                                         *       3,
                                         *       4,
                                         *       5,
                                         *       6,
                                         *       7
                                         *     ]
                                         */
                                        days: number[];
                                    } | null;
                                    recordedBy: string;
                                    /** Format: date-time */
                                    recordedAt: string;
                                } | null;
                                placement: {
                                    /** @enum {string} */
                                    method: "automatic" | "by_hand";
                                    hoursMax: number | null;
                                };
                                byHandHoursMax: number;
                                shippingOptions: {
                                    optionId: string;
                                    name: string;
                                    /** @enum {string} */
                                    kind: "flat" | "per_item";
                                    amountCents: number;
                                    perItemCents: number;
                                    freeAboveCents: number | null;
                                    daysMin: number;
                                    daysMax: number;
                                }[];
                                credentials: {
                                    api: boolean;
                                    headless: boolean;
                                    webhookSecret: boolean;
                                };
                                /** Format: date-time */
                                updatedAt: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/stores/{storeId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep machines from a store, or from one of its tiers
         * @description Its orders are placed by people meanwhile; what is under way is ended. The store goes on selling.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    storeId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        position?: number;
                        minutes?: number;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                storeId: string;
                                name: string;
                                description: string;
                                /** @enum {string} */
                                kind: "retailer" | "seller";
                                currency: string;
                                homepage: string | null;
                                returnPolicy: string;
                                priceMarginBp: number;
                                enabled: boolean;
                                tiers: {
                                    position: number;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual";
                                    connector: string | null;
                                    baseUrl: string | null;
                                    enabled: boolean;
                                    triesMax: number;
                                    timeoutMs: number;
                                    gate: {
                                        /** @enum {string} */
                                        state: "open" | "half_open" | "sick" | "paused" | "not_permitted" | "out_of_hours" | "rate_limited";
                                        until: string | null;
                                        reason: string | null;
                                        trips: number;
                                    };
                                    health: {
                                        last15Minutes: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                        last24Hours: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                    };
                                }[];
                                permission: {
                                    words: string;
                                    /** @default null */
                                    link: string | null;
                                    /** Format: date */
                                    permittedOn: string;
                                    /** @default 1 */
                                    ordersAtOnce: number;
                                    /** @default null */
                                    ordersPerHour: number | null;
                                    /** @default null */
                                    hours: {
                                        timeZone: string;
                                        opensAt: string | null;
                                        closesAt: string | null;
                                        /**
                                         * @default [
                                         *       1,
                                         *       2,
                                         *       3,
                                         *       4,
                                         *       5,
                                         *       6,
                                         *       7
                                         *     ]
                                         */
                                        days: number[];
                                    } | null;
                                    recordedBy: string;
                                    /** Format: date-time */
                                    recordedAt: string;
                                } | null;
                                placement: {
                                    /** @enum {string} */
                                    method: "automatic" | "by_hand";
                                    hoursMax: number | null;
                                };
                                byHandHoursMax: number;
                                shippingOptions: {
                                    optionId: string;
                                    name: string;
                                    /** @enum {string} */
                                    kind: "flat" | "per_item";
                                    amountCents: number;
                                    perItemCents: number;
                                    freeAboveCents: number | null;
                                    daysMin: number;
                                    daysMax: number;
                                }[];
                                credentials: {
                                    api: boolean;
                                    headless: boolean;
                                    webhookSecret: boolean;
                                };
                                /** Format: date-time */
                                updatedAt: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/stores/{storeId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let machines order from a store again
         * @description Ends pauses and the rest of sick tiers: the next order tries them. Without either nothing changes.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    storeId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        position?: number;
                    };
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                storeId: string;
                                name: string;
                                description: string;
                                /** @enum {string} */
                                kind: "retailer" | "seller";
                                currency: string;
                                homepage: string | null;
                                returnPolicy: string;
                                priceMarginBp: number;
                                enabled: boolean;
                                tiers: {
                                    position: number;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual";
                                    connector: string | null;
                                    baseUrl: string | null;
                                    enabled: boolean;
                                    triesMax: number;
                                    timeoutMs: number;
                                    gate: {
                                        /** @enum {string} */
                                        state: "open" | "half_open" | "sick" | "paused" | "not_permitted" | "out_of_hours" | "rate_limited";
                                        until: string | null;
                                        reason: string | null;
                                        trips: number;
                                    };
                                    health: {
                                        last15Minutes: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                        last24Hours: {
                                            total: number;
                                            placed: number;
                                            refused: number;
                                            unavailable: number;
                                            unknown: number;
                                            successRate: number | null;
                                            p50Ms: number | null;
                                            p95Ms: number | null;
                                            reasons: {
                                                reason: string;
                                                count: number;
                                            }[];
                                        };
                                    };
                                }[];
                                permission: {
                                    words: string;
                                    /** @default null */
                                    link: string | null;
                                    /** Format: date */
                                    permittedOn: string;
                                    /** @default 1 */
                                    ordersAtOnce: number;
                                    /** @default null */
                                    ordersPerHour: number | null;
                                    /** @default null */
                                    hours: {
                                        timeZone: string;
                                        opensAt: string | null;
                                        closesAt: string | null;
                                        /**
                                         * @default [
                                         *       1,
                                         *       2,
                                         *       3,
                                         *       4,
                                         *       5,
                                         *       6,
                                         *       7
                                         *     ]
                                         */
                                        days: number[];
                                    } | null;
                                    recordedBy: string;
                                    /** Format: date-time */
                                    recordedAt: string;
                                } | null;
                                placement: {
                                    /** @enum {string} */
                                    method: "automatic" | "by_hand";
                                    hoursMax: number | null;
                                };
                                byHandHoursMax: number;
                                shippingOptions: {
                                    optionId: string;
                                    name: string;
                                    /** @enum {string} */
                                    kind: "flat" | "per_item";
                                    amountCents: number;
                                    perItemCents: number;
                                    freeAboveCents: number | null;
                                    daysMin: number;
                                    daysMax: number;
                                }[];
                                credentials: {
                                    api: boolean;
                                    headless: boolean;
                                    webhookSecret: boolean;
                                };
                                /** Format: date-time */
                                updatedAt: string;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/store-alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what befell the stores' tiers, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    store?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                alerts: {
                                    alertId: string;
                                    /** Format: date-time */
                                    at: string;
                                    storeId: string;
                                    storeName: string;
                                    position: number;
                                    /** @enum {string} */
                                    method: "api" | "headless" | "manual";
                                    /** @enum {string} */
                                    kind: "sick" | "recovered" | "paused" | "resumed";
                                    reason: string | null;
                                    bad: number | null;
                                    total: number | null;
                                    until: string | null;
                                }[];
                                nextCursor: string | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/desk/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the desk: its queue, what waits for a word, and the stores' alerts
         * @description Server-sent events: `queue` (counts, and the orders whose task moved), `attention` (refunds to approve or to answer, stores whose machines rest) and `alert` (a store's tier fell sick, recovered, was paused or resumed). The first two come at once and then whenever they change; alerts come once each, and after `Last-Event-ID` those that were missed. Ends after a quarter of an hour; come back then.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The id of the last event that was seen; browsers send it again. */
                    "Last-Event-ID"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhook-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what providers and stores told us, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    offset?: number;
                    source?: "stripe" | "toss" | "store";
                    open?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                events: {
                                    /** @enum {string} */
                                    source: "stripe" | "toss" | "store";
                                    eventId: string;
                                    type: string;
                                    storeId: string | null;
                                    objectRef: string | null;
                                    /** Format: date-time */
                                    receivedAt: string;
                                    processedAt: string | null;
                                    outcome: string | null;
                                    tries: number;
                                    lastError: string | null;
                                }[];
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhook-events/{source}/{eventId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Work an event again
         * @description Events move states that never go back, so an event worked twice changes nothing more.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    source: "stripe" | "toss" | "store";
                    eventId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                /** @enum {string} */
                                source: "stripe" | "toss" | "store";
                                eventId: string;
                                /** @enum {string} */
                                status: "queued";
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read who did what, newest first
         * @description With `subject`, only what was done to one order, store or event; with `action` and `accountId`, what and by whom.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    subject?: string;
                    action?: string;
                    accountId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                entries: {
                                    auditId: string;
                                    /** Format: date-time */
                                    at: string;
                                    accountId: string;
                                    role: string;
                                    action: string;
                                    subject: string;
                                    detail: {
                                        [key: string]: unknown;
                                    };
                                }[];
                                nextCursor: string | null;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seller/uploads/{uploadId}/pieces/{piece}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Send one piece of a file
         * @description As `application/octet-stream`. The same piece again replaces it.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    uploadId: string;
                    piece: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": unknown;
                };
            };
            responses: {
                /** @description It worked. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            data: {
                                piece: number;
                                sizeBytes: number;
                            };
                            message?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
