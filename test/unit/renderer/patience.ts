import { configure } from "@testing-library/react";

// A real core answers these pages: on a busy machine a second is not enough, and nothing is proved by how long it took.
configure({ asyncUtilTimeout: 10_000 });
