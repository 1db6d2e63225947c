// corona-ignore useless-suppression: nothing
