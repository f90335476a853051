"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path

from config import views

account_urls = [
    path("sign-in/", views.login, name="login"),
    path("sign-in-again/", views.sign_in_again, name="sign_in_again"),
    path("sign-out/", views.logout, name="logout"),
    path("theme/", views.theme_edit, name="theme_edit"),
    path("password/", views.password_change, name="password_change"),
    path("password/forgotten/", views.password_reset, name="password_reset"),
    path("password/forgotten/sent/", auth_views.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "password/new/<uidb64>/<token>/",
        auth_views.PasswordResetConfirmView.as_view(),
        name="password_reset_confirm",
    ),
    path("password/new/done/", auth_views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
]

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("account/", include(account_urls)),
    path("admin/login/", views.admin_sign_in),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
    path("", include("annotations.urls")),
]
