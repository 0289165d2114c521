"""Take quizzes from browsers without scripts: show questions, read answers, say how it went."""
