"""How every form is rendered, and the forms of signing in."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.forms.renderers import TemplatesSetting


class CrossreadRenderer(TemplatesSetting):
    """Every field of every form through one template."""

    field_template_name = "forms/field.html"


class SignInForm(AuthenticationForm):
    """Name or e-mail, and password."""

    username = UsernameField(label="Name or work e-mail", widget=forms.TextInput(attrs={"autocomplete": "username"}))

    # Two sentences only: which of name and password is wrong, or that the account is closed, is nobody's business.
    error_messages = {
        "invalid_login": "Name and password do not match.",
        "inactive": "Name and password do not match.",
    }
