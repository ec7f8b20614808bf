from registers.cli import app

app()
