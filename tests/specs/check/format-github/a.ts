// corona-ignore useless-suppression: nothing, "really" <&>
import "./gone 100%,:.ts";
