import { atomic, sleep } from "corona";

atomic: {
  // corona-ignore blocking-in-atomic: it is caught, to show the error
  sleep(1);
}
atomic(() => sleep(2)); // corona-ignore CORONA2001: the same
/* corona-ignore blocking-in-atomic: the same */ atomic(() => sleep(3));
