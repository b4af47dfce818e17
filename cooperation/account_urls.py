"""Logging in and out by code; the other pages of allauth (passwords, addresses, signing up) are not open."""

from allauth.account import views
from django.urls import path

from cooperation.login import ConfirmCode, RequestCode, to_login

urlpatterns = [
    path("login/", RequestCode.as_view(), name="account_login"),
    path("login/code/", to_login, name="account_request_login_code"),
    path("login/code/confirm/", ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", to_login, name="account_signup"),
]
